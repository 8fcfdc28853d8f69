using System;

namespace ModelBuild.Kernels;

internal static partial class AveragePoolF32
{
    /// <summary>The definition: every tap of every window, one value at a time.</summary>
    public static void Reference(ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape)
    {
        int to = 0;
        for (int n = 0; n < batch; n++)
        {
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++)
                {
                    for (int channel = 0; channel < shape.Channels; channel++)
                    {
                        y[to++] = Pixel(x, n, row, column, channel, countIncludePad, in shape);
                    }
                }
            }
        }
    }

    private static float Pixel(ReadOnlySpan<float> x, int n, int row, int column, int channel, bool countIncludePad, in PoolShape shape)
    {
        float total = 0f;
        int inside = 0;
        int padded = 0;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            int iy = (row * shape.StrideY) - shape.PadTop + (ky * shape.DilationY);
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int ix = (column * shape.StrideX) - shape.PadLeft + (kx * shape.DilationX);
                if (iy < shape.InputHeight + shape.PadBottom && ix < shape.InputWidth + shape.PadRight)
                {
                    padded++;
                }

                if (iy >= 0 && iy < shape.InputHeight && ix >= 0 && ix < shape.InputWidth)
                {
                    total += x[(((((n * shape.InputHeight) + iy) * shape.InputWidth) + ix) * shape.Channels) + channel];
                    inside++;
                }
            }
        }

        return inside == 0 ? 0f : total / (countIncludePad ? padded : inside);
    }
}
