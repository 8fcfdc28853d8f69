using System;

namespace ModelBuild.Kernels;

/// <summary>Unpacks the bytes of a strip or tile.</summary>
internal static class TiffData
{
    private const int Plain = 1;
    private const int Lzw = 5;
    private const int Deflate = 8;
    private const int OldDeflate = 32946;
    private const int PackBits = 32773;

    /// <summary>Fills <paramref name="output"/>.</summary>
    /// <exception cref="FormatException">The data is too short or damaged.</exception>
    public static void Unpack(ReadOnlySpan<byte> data, Span<byte> output, int compression, bool isReversed)
    {
        if (isReversed)
        {
            byte[] turned = data.ToArray();
            for (int i = 0; i < turned.Length; i++)
            {
                // The bits of a byte in the reverse order.
                turned[i] = (byte)((((turned[i] * 0x80200802UL) & 0x0884422110UL) * 0x0101010101UL) >> 32);
            }

            data = turned;
        }

        int written = compression switch
        {
            Plain => Copy(data, output),
            Lzw => TiffLzw.Run(data, output),
            Deflate or OldDeflate => Inflater.Run(data, output),
            PackBits => Runs(data, output),
            _ => throw new FormatException($"TIFF compression {compression} cannot be decoded."),
        };
        if (written < output.Length)
        {
            throw new FormatException($"A TIFF strip or tile ends after {written} of {output.Length} bytes.");
        }
    }

    /// <summary>Undoes predictor 2: each sample is stored as its difference from the one to the left.</summary>
    public static void Sum(Span<byte> rows, int rowBytes, int samples, int bits, bool isBigEndian)
    {
        int size = bits / 8;
        for (int start = 0; start < rows.Length; start += rowBytes)
        {
            Span<byte> row = rows.Slice(start, rowBytes);
            for (int i = samples * size; i + size <= row.Length; i += size)
            {
                if (size == 1)
                {
                    row[i] += row[i - samples];
                    continue;
                }

                (int high, int low) = isBigEndian ? (0, 1) : (1, 0);
                int left = i - (samples * 2);
                int sum = (row[i + high] << 8) + row[i + low] + (row[left + high] << 8) + row[left + low];
                (row[i + high], row[i + low]) = ((byte)(sum >> 8), (byte)sum);
            }
        }
    }

    private static int Copy(ReadOnlySpan<byte> data, Span<byte> output)
    {
        int length = Math.Min(data.Length, output.Length);
        data[..length].CopyTo(output);
        return length;
    }

    private static int Runs(ReadOnlySpan<byte> data, Span<byte> output)
    {
        int written = 0;
        for (int next = 0; next + 1 < data.Length && written < output.Length;)
        {
            int count = (sbyte)data[next++];
            if (count >= 0)
            {
                int length = Math.Min(count + 1, Math.Min(output.Length - written, data.Length - next));
                data.Slice(next, length).CopyTo(output[written..]);
                next += count + 1;
                written += length;
            }
            else if (count != -128)
            {
                int length = Math.Min(1 - count, output.Length - written);
                output.Slice(written, length).Fill(data[next++]);
                written += length;
            }
        }

        return written;
    }
}
