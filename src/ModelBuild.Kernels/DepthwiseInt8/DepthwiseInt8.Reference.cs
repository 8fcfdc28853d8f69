using System;

namespace ModelBuild.Kernels;

/// <content>The definition in plain loops, which is also the scalar variant.</content>
internal static partial class DepthwiseInt8
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [batch, inputHeight, inputWidth, channels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [channels]
        ReadOnlySpan<float> scales, // [channels]
        Span<byte> y, // [batch, outputHeight, outputWidth, channels]
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output)
    {
        int at = 0;
        for (int image = 0; image < batch; image++)
        {
            ReadOnlySpan<byte> input = x[(image * shape.InputHeight * shape.InputWidth * shape.Channels)..];
            for (int oy = 0; oy < shape.OutputHeight; oy++)
            {
                for (int ox = 0; ox < shape.OutputWidth; ox++)
                {
                    for (int c = 0; c < shape.Channels; c++)
                    {
                        y[at++] = output.Apply(bias[c] + Sum(input, weights, oy, ox, c, shape, inputZeroPoint), scales[c]);
                    }
                }
            }
        }
    }

    private static int Sum(ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, int oy, int ox, int c, in DepthwiseShape shape, int inputZeroPoint)
    {
        int block = c / DepthwiseInt8Layout.BlockChannels;
        int lane = c - DepthwiseInt8Layout.FirstChannel(block, shape.Channels);
        int sum = 0;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int line = (oy * shape.StrideY) - shape.PadTop + (ky * shape.DilationY);
                int column = (ox * shape.StrideX) - shape.PadLeft + (kx * shape.DilationX);
                bool inside = line >= 0 && line < shape.InputHeight && column >= 0 && column < shape.InputWidth;
                int value = inside ? x[(((line * shape.InputWidth) + column) * shape.Channels) + c] : inputZeroPoint;
                sum += value * weights[DepthwiseInt8Layout.Offset(block, lane, ky, kx, shape)];
            }
        }

        return sum;
    }
}
