using System;

namespace ModelBuild.Kernels;

/// <summary>The inverse transforms of VP8 (RFC 6386, section 14).</summary>
internal static class Vp8Transform
{
    // The root of 2 times cosine and sine of an eighth of pi, in units of 1/65536.
    private const int Cosine = 85627;
    private const int Sine = 35468;

    /// <summary>Transforms a block and adds it to what is predicted.</summary>
    public static void Add(ReadOnlySpan<short> block, Vp8Plane plane, int x, int y)
    {
        if (block.IndexOfAnyExcept((short)0) < 0)
        {
            return;
        }

        Span<int> between = stackalloc int[16];
        for (int i = 0; i < 4; i++)
        {
            (int a, int b, int c, int d) = Line(block[i], block[4 + i], block[8 + i], block[12 + i]);
            (between[i * 4], between[(i * 4) + 1], between[(i * 4) + 2], between[(i * 4) + 3]) = (a, b, c, d);
        }

        for (int row = 0; row < 4; row++)
        {
            Span<byte> samples = plane.Samples.AsSpan(plane.At(x, y + row), 4);
            (int a, int b, int c, int d) = Line(between[row] + 4, between[4 + row], between[8 + row], between[12 + row]);
            samples[0] = (byte)Math.Clamp(samples[0] + (a >> 3), 0, 255);
            samples[1] = (byte)Math.Clamp(samples[1] + (b >> 3), 0, 255);
            samples[2] = (byte)Math.Clamp(samples[2] + (c >> 3), 0, 255);
            samples[3] = (byte)Math.Clamp(samples[3] + (d >> 3), 0, 255);
        }
    }

    /// <summary>The Walsh-Hadamard transform of the first coefficients of 16 blocks.</summary>
    /// <param name="block">What is transformed.</param>
    /// <param name="coefficients">[16, 16]: blocks that get their first coefficients.</param>
    public static void SpreadFirsts(ReadOnlySpan<short> block, Span<short> coefficients)
    {
        Span<int> between = stackalloc int[16];
        for (int i = 0; i < 4; i++)
        {
            (int outer, int inner) = (block[i] + block[12 + i], block[4 + i] + block[8 + i]);
            (int outerLess, int innerLess) = (block[i] - block[12 + i], block[4 + i] - block[8 + i]);
            (between[i], between[8 + i]) = (outer + inner, outer - inner);
            (between[4 + i], between[12 + i]) = (outerLess + innerLess, outerLess - innerLess);
        }

        for (int i = 0; i < 16; i += 4)
        {
            int rounded = between[i] + 3;
            (int outer, int inner) = (rounded + between[i + 3], between[i + 1] + between[i + 2]);
            (int outerLess, int innerLess) = (rounded - between[i + 3], between[i + 1] - between[i + 2]);
            coefficients[i * 16] = (short)((outer + inner) >> 3);
            coefficients[(i + 1) * 16] = (short)((outerLess + innerLess) >> 3);
            coefficients[(i + 2) * 16] = (short)((outer - inner) >> 3);
            coefficients[(i + 3) * 16] = (short)((outerLess - innerLess) >> 3);
        }
    }

    private static (int A, int B, int C, int D) Line(int x0, int x1, int x2, int x3)
    {
        (int sum, int difference) = (x0 + x2, x0 - x2);
        int c = ((x1 * Sine) >> 16) - ((x3 * Cosine) >> 16);
        int d = ((x1 * Cosine) >> 16) + ((x3 * Sine) >> 16);
        return (sum + d, difference + c, difference - c, sum - d);
    }
}
