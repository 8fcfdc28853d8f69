using System;

namespace ModelBuild.Kernels;

/// <content>The same convolution in plain loops.</content>
internal static partial class DepthwiseF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in DepthwiseShape shape, float min,
        float max)
    {
        int i = 0;
        for (int b = 0; b < batch; b++)
        {
            for (int oy = 0; oy < shape.OutputHeight; oy++)
            {
                for (int ox = 0; ox < shape.OutputWidth; ox++)
                {
                    for (int c = 0; c < shape.Channels; c++, i++)
                    {
                        float sum = Sum(x, weights, bias[c], shape, b, oy, ox, c);
                        sum = min > sum ? min : sum;
                        y[i] = max < sum ? max : sum;
                    }
                }
            }
        }
    }

    private static float Sum(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, float bias, in DepthwiseShape shape, int b, int oy, int ox, int c)
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        float sum = bias;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int iy = (oy * shape.StrideY) - shape.PadTop + (ky * shape.DilationY);
                int ix = (ox * shape.StrideX) - shape.PadLeft + (kx * shape.DilationX);
                if (iy >= 0 && iy < shape.InputHeight && ix >= 0 && ix < shape.InputWidth)
                {
                    int pixel = (((b * shape.InputHeight) + iy) * shape.InputWidth) + ix;
                    int tap = (ky * shape.KernelWidth) + kx;
                    sum = MathF.FusedMultiplyAdd(x[(pixel * shape.Channels) + c], weights[(int)PackedOffset(taps, tap, c)], sum);
                }
            }
        }

        return sum;
    }
}
