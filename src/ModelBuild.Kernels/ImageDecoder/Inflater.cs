using System;

namespace ModelBuild.Kernels;

/// <summary>Unpacks Deflate data in its zlib form (RFC 1950 and 1951), as PNG and TIFF have it.</summary>
internal static class Inflater
{
    private const int EndOfBlock = 256;

    // The order in which the lengths of the code for code lengths are stored.
    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static ReadOnlySpan<short> LengthBase => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<short> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static ReadOnlySpan<byte> DistanceBits => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>Unpacks data until it ends or <paramref name="output"/> is full; gives the number of bytes.</summary>
    /// <exception cref="FormatException">The data is damaged.</exception>
    public static int Run(ReadOnlySpan<byte> data, Span<byte> output)
    {
        if (data.Length < 2 || (data[0] & 15) != 8 || (data[1] & 0x20) != 0 || ((data[0] << 8) | data[1]) % 31 != 0)
        {
            throw new FormatException("The image's data has no zlib header.");
        }

        BitsLittle bits = new(data[2..]);
        int written = 0;
        bool isLast;
        do
        {
            isLast = bits.Read(1) == 1;
            int kind = bits.Read(2);
            written = kind switch
            {
                0 => Stored(ref bits, output, written),
                1 => Compressed(ref bits, output, written, FixedLengths(), new PrefixCode(Repeat(5, 32))),
                2 => Dynamic(ref bits, output, written),
                _ => throw new FormatException("The image's data has an unknown kind of block."),
            };
        }
        while (!isLast && written < output.Length);
        if (isLast)
        {
            CheckSum(ref bits, output[..written]);
        }

        return written;
    }

    private static void CheckSum(ref BitsLittle bits, ReadOnlySpan<byte> output)
    {
        uint low = 1, high = 0;
        for (int i = 0; i < output.Length; i++)
        {
            low = (low + output[i]) % 65521;
            high = (high + low) % 65521;
        }

        bits.Align();
        uint expected = 0;
        for (int i = 0; i < 4; i++)
        {
            expected = (expected << 8) | (uint)bits.Read(8);
        }

        if (expected != ((high << 16) | low))
        {
            throw new FormatException("The image's data does not match its check sum.");
        }
    }

    private static int Stored(ref BitsLittle bits, Span<byte> output, int written)
    {
        bits.Align();
        int length = bits.Read(16);
        if ((bits.Read(16) ^ length) != 0xFFFF)
        {
            throw new FormatException("The image's data has a block of unknown length.");
        }

        for (int i = 0; i < length && written < output.Length; i++)
        {
            output[written++] = (byte)bits.Read(8);
        }

        return written;
    }

    private static int Dynamic(ref BitsLittle bits, Span<byte> output, int written)
    {
        int literals = bits.Read(5) + 257;
        int distances = bits.Read(5) + 1;
        int stored = bits.Read(4) + 4;
        Span<byte> orders = stackalloc byte[19];
        orders.Clear();
        for (int i = 0; i < stored; i++)
        {
            orders[LengthOrder[i]] = (byte)bits.Read(3);
        }

        PrefixCode code = new(orders);
        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (int i = 0; i < literals + distances;)
        {
            int symbol = code.Read(ref bits);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            byte repeated = symbol == 16 ? lengths[i - 1] : (byte)0;
            int count = symbol == 16 ? 3 + bits.Read(2) : symbol == 17 ? 3 + bits.Read(3) : 11 + bits.Read(7);
            lengths.Slice(i, Math.Min(count, literals + distances - i)).Fill(repeated);
            i += count;
        }

        return Compressed(ref bits, output, written, new PrefixCode(lengths[..literals]), new PrefixCode(lengths.Slice(literals, distances)));
    }

    private static int Compressed(ref BitsLittle bits, Span<byte> output, int written, PrefixCode literals, PrefixCode distances)
    {
        while (true)
        {
            int symbol = literals.Read(ref bits);
            if (symbol == EndOfBlock)
            {
                return written;
            }

            if (written == output.Length)
            {
                // More than was asked for.
                return written;
            }

            if (symbol < EndOfBlock)
            {
                output[written++] = (byte)symbol;
                continue;
            }

            int length = LengthBase[symbol - 257] + bits.Read(LengthBits[symbol - 257]);
            int place = distances.Read(ref bits);
            int distance = DistanceBase[place] + bits.Read(DistanceBits[place]);
            if (distance > written)
            {
                throw new FormatException("The image's data refers to bytes in front of it.");
            }

            for (int end = Math.Min(written + length, output.Length); written < end; written++)
            {
                output[written] = output[written - distance];
            }
        }
    }

    private static PrefixCode FixedLengths()
    {
        byte[] lengths = new byte[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        return new PrefixCode(lengths);
    }

    private static byte[] Repeat(byte value, int count)
    {
        byte[] values = new byte[count];
        values.AsSpan().Fill(value);
        return values;
    }
}
