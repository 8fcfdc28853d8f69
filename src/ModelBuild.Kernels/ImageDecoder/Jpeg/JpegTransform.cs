using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The inverse cosine transform of 8x8 blocks after Loeffler, Ligtenberg and Moschytz (1989) in fixed point, with the rounding that libjpeg calls "islow": factors have 13 bits behind the point,
/// and values between the columns and the rows 2.
/// </summary>
internal static class JpegTransform
{
    private const int FactorBits = 13;
    private const int BetweenBits = 2;

    /// <summary>The samples of a component.</summary>
    /// <returns>[rows * 8, columns * 8].</returns>
    public static byte[] Run(JpegComponent component)
    {
        int stride = component.Columns * 8;
        byte[] samples = new byte[stride * component.Rows * 8];
        if (component.Quantization is not { } quantization)
        {
            // No scan has it: coefficients of zero.
            samples.AsSpan().Fill(128);
            return samples;
        }

        Span<int> block = stackalloc int[64];
        for (int row = 0; row < component.Rows; row++)
        {
            for (int column = 0; column < component.Columns; column++)
            {
                ReadOnlySpan<short> coefficients = component.Block(row, column);
                for (int i = 0; i < 64; i++)
                {
                    block[i] = coefficients[i] * quantization[i];
                }

                Block(block, samples.AsSpan((row * 8 * stride) + (column * 8)), stride);
            }
        }

        return samples;
    }

    private static void Block(Span<int> block, Span<byte> samples, int stride)
    {
        for (int column = 0; column < 8; column++)
        {
            Line(block[column..], 8, FactorBits - BetweenBits);
        }

        // An eighth, as the two transforms of eight values are too large by the root of eight each.
        for (int row = 0; row < 8; row++)
        {
            Span<int> line = block.Slice(row * 8, 8);
            Line(line, 1, FactorBits + BetweenBits + 3);
            for (int i = 0; i < 8; i++)
            {
                samples[(row * stride) + i] = (byte)Math.Clamp(line[i] + 128, 0, 255);
            }
        }
    }

    // Eight values in place; the result is rounded to so many bits less.
    private static void Line(Span<int> x, int step, int shift)
    {
        int half = 1 << (shift - 1);
        (int x0, int x1, int x2, int x3) = (x[0], x[step], x[2 * step], x[3 * step]);
        (int x4, int x5, int x6, int x7) = (x[4 * step], x[5 * step], x[6 * step], x[7 * step]);

        // Even: 0.541196100, 1.847759065, 0.765366865.
        int z1 = (x2 + x6) * 4433;
        int even2 = z1 - (x6 * 15137);
        int even3 = z1 + (x2 * 6270);
        int even0 = (x0 + x4) << FactorBits;
        int even1 = (x0 - x4) << FactorBits;
        (int a0, int a3, int a1, int a2) = (even0 + even3, even0 - even3, even1 + even2, even1 - even2);

        // Odd: 1.175875602, 0.899976223, 2.562915447, 1.961570560, 0.390180644, 0.298631336, 2.053119869, 3.072711026, 1.501321110.
        int z5 = (x7 + x3 + x5 + x1) * 9633;
        int p1 = (x7 + x1) * -7373;
        int p2 = (x5 + x3) * -20995;
        int p3 = ((x7 + x3) * -16069) + z5;
        int p4 = ((x5 + x1) * -3196) + z5;
        int b0 = (x7 * 2446) + p1 + p3;
        int b1 = (x5 * 16819) + p2 + p4;
        int b2 = (x3 * 25172) + p2 + p3;
        int b3 = (x1 * 12299) + p1 + p4;

        x[0] = (a0 + b3 + half) >> shift;
        x[7 * step] = (a0 - b3 + half) >> shift;
        x[step] = (a1 + b2 + half) >> shift;
        x[6 * step] = (a1 - b2 + half) >> shift;
        x[2 * step] = (a2 + b1 + half) >> shift;
        x[5 * step] = (a2 - b1 + half) >> shift;
        x[3 * step] = (a3 + b0 + half) >> shift;
        x[4 * step] = (a3 - b0 + half) >> shift;
    }
}
