using System;

namespace ModelBuild.Kernels;

/// <summary>The LZW codes of TIFF 6.0, section 13: the highest bit of a code first, and codes one bit longer from the last but one code of a length on.</summary>
internal static class TiffLzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int MostCodes = 4096;

    /// <summary>Unpacks data until it ends or <paramref name="output"/> is full; gives the number of bytes.</summary>
    public static int Run(ReadOnlySpan<byte> data, Span<byte> output)
    {
        // A code stands for a text that has occurred: where in the output it begins, and how long it is.
        int[] starts = new int[MostCodes];
        int[] lengths = new int[MostCodes];
        int written = 0, codes = End + 1, bits = 9, buffer = 0, held = 0;
        (int lastStart, int lastLength) = (0, 0);
        for (int next = 0; written < output.Length;)
        {
            while (held < bits)
            {
                if (next == data.Length)
                {
                    return written;
                }

                buffer = (buffer << 8) | data[next++];
                held += 8;
            }

            int code = (buffer >> (held - bits)) & ((1 << bits) - 1);
            held -= bits;
            if (code == End)
            {
                return written;
            }

            if (code == Clear)
            {
                (codes, bits, lastLength) = (End + 1, 9, 0);
                continue;
            }

            // The new text is the last one and the first byte of this one, which follows it.
            int start = written;
            if (lastLength > 0 && codes < MostCodes)
            {
                (starts[codes], lengths[codes]) = (lastStart, lastLength + 1);
                codes++;
            }

            if (code < Clear)
            {
                output[written++] = (byte)code;
            }
            else if (code < codes)
            {
                int end = Math.Min(written + lengths[code], output.Length);
                for (int from = starts[code]; written < end; from++)
                {
                    output[written++] = output[from];
                }
            }
            else
            {
                throw new FormatException("A TIFF strip or tile has an LZW code that stands for nothing.");
            }

            (lastStart, lastLength) = (start, written - start);
            bits = codes >= 2047 ? 12 : codes >= 1023 ? 11 : codes >= 511 ? 10 : 9;
        }

        return written;
    }
}
