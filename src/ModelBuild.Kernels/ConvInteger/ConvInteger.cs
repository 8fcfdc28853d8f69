using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ConvInteger in plain loops, for the convolutions that no layer kernel takes: <c>y[n, o, i, j] = sum over channels and taps of (x - xZero) * (w - wZero[o])</c>
/// over images [batch, channels, height, width], with 8-bit factors and sums that wrap at 32 bits. Outside the image x is its zero point. wZero is one value, or one
/// for each output channel.
/// </summary>
internal static class ConvInteger
{
    public static void Run<TX, TW>(
        ReadOnlySpan<TX> x, // [batch, InputChannels, InputHeight, InputWidth]
        ReadOnlySpan<TW> w, // [OutputChannels, InputChannels / Groups, KernelHeight, KernelWidth]
        ReadOnlySpan<TX> xZero, // [1]
        ReadOnlySpan<TW> wZero, // [OutputChannels or 1]
        Span<int> y, // [batch, OutputChannels, OutputHeight, OutputWidth]
        int batch,
        in ConvShape shape,
        int top,
        int left)
        where TX : unmanaged, IBinaryInteger<TX>
        where TW : unmanaged, IBinaryInteger<TW>
    {
        int channels = shape.InputChannels / shape.Groups;
        int zero = int.CreateTruncating(xZero[0]);
        int i = 0;
        for (int image = 0; image < batch; image++)
        {
            for (int o = 0; o < shape.OutputChannels; o++)
            {
                int filterZero = int.CreateTruncating(wZero[wZero.Length == 1 ? 0 : o]);
                int firstChannel = (image * shape.InputChannels) + (o / (shape.OutputChannels / shape.Groups) * channels);
                for (int row = 0; row < shape.OutputHeight; row++)
                {
                    for (int column = 0; column < shape.OutputWidth; column++, i++)
                    {
                        int sum = 0;
                        for (int c = 0; c < channels; c++)
                        {
                            for (int ky = 0; ky < shape.KernelHeight; ky++)
                            {
                                int yy = (row * shape.StrideY) + (ky * shape.DilationY) - top;
                                for (int kx = 0; kx < shape.KernelWidth; kx++)
                                {
                                    int xx = (column * shape.StrideX) + (kx * shape.DilationX) - left;
                                    if ((uint)yy < (uint)shape.InputHeight && (uint)xx < (uint)shape.InputWidth)
                                    {
                                        int value = int.CreateTruncating(x[((((firstChannel + c) * shape.InputHeight) + yy) * shape.InputWidth) + xx]);
                                        int weight = int.CreateTruncating(w[(((((o * channels) + c) * shape.KernelHeight) + ky) * shape.KernelWidth) + kx]);
                                        sum += (value - zero) * (weight - filterZero);
                                    }
                                }
                            }
                        }

                        y[i] = sum;
                    }
                }
            }
        }
    }
}
