using System;
using System.Numerics;

namespace ModelBuild.Kernels;

internal static partial class MaxPool
{
    /// <summary>The definition: every tap of every window, one value at a time.</summary>
    public static void Reference<T>(ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape)
        where T : struct, INumber<T>, IMinMaxValue<T>
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
                        y[to++] = Pixel(x, n, row, column, channel, in shape);
                    }
                }
            }
        }
    }

    private static T Pixel<T>(ReadOnlySpan<T> x, int n, int row, int column, int channel, in PoolShape shape)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        bool any = false;
        T largest = T.MinValue;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            int iy = (row * shape.StrideY) - shape.PadTop + (ky * shape.DilationY);
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int ix = (column * shape.StrideX) - shape.PadLeft + (kx * shape.DilationX);
                if (iy >= 0 && iy < shape.InputHeight && ix >= 0 && ix < shape.InputWidth)
                {
                    T value = x[(((((n * shape.InputHeight) + iy) * shape.InputWidth) + ix) * shape.Channels) + channel];
                    largest = any ? T.Max(largest, value) : value;
                    any = true;
                }
            }
        }

        return largest;
    }
}
