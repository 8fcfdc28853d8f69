using System;

namespace ModelBuild.Kernels;

/// <summary>Integers of few bits that lie side by side in bytes, the first in the lowest bits, as floats.</summary>
internal static class UnpackBits
{
    /// <summary>Unpacks rows, each of which begins with a byte of its own.</summary>
    public static void Run(ReadOnlySpan<byte> x, Span<float> y, int rows, int columns, int bits)
    {
        int stride = ((columns * bits) + 7) / 8;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < columns; i++)
            {
                y[(row * columns) + i] = (x[(row * stride) + (i * bits / 8)] >> (i * bits % 8)) & ((1 << bits) - 1);
            }
        }
    }
}
