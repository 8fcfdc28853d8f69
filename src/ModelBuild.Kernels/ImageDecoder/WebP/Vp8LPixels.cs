using System;

namespace ModelBuild.Kernels;

/// <summary>The entropy-coded pixels of a lossless WebP image, or of one of the small images that describe it: alpha, red, green and blue from the highest byte on.</summary>
internal static class Vp8LPixels
{
    private const int Literals = 256;
    private const int Lengths = 24;
    private const int Distances = 40;

    // The first 120 distances are places near a pixel: rows up in the high four bits, and 8 less columns to the left in the low ones.
    private static ReadOnlySpan<byte> NearPlaces =>
    [
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1A, 0x26, 0x2A, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1B, 0x36, 0x3A,
        0x25, 0x2B, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1C, 0x35, 0x3B, 0x46, 0x4A, 0x24, 0x2C, 0x58, 0x45, 0x4B, 0x34, 0x3C, 0x03,
        0x57, 0x59, 0x13, 0x1D, 0x56, 0x5A, 0x23, 0x2D, 0x44, 0x4C, 0x55, 0x5B, 0x33, 0x3D, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1E,
        0x66, 0x6A, 0x22, 0x2E, 0x54, 0x5C, 0x43, 0x4D, 0x65, 0x6B, 0x32, 0x3E, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5D, 0x11, 0x1F,
        0x64, 0x6C, 0x42, 0x4E, 0x76, 0x7A, 0x21, 0x2F, 0x75, 0x7B, 0x31, 0x3F, 0x63, 0x6D, 0x52, 0x5E, 0x00, 0x74, 0x7C, 0x41,
        0x4F, 0x10, 0x20, 0x62, 0x6E, 0x30, 0x73, 0x7D, 0x51, 0x5F, 0x40, 0x72, 0x7E, 0x61, 0x6F, 0x50, 0x71, 0x7F, 0x60, 0x70,
    ];

    // The order in which the lengths of the code for code lengths are stored.
    private static ReadOnlySpan<byte> LengthOrder => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Reads an image.</summary>
    /// <param name="bits">Where it begins.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isMain">Whether parts of the image may have codes of their own.</param>
    public static uint[] Read(ref BitsLittle bits, int width, int height, bool isMain)
    {
        int cacheBits = bits.Read(1) == 1 ? bits.Read(4) : 0;
        if (cacheBits > 11)
        {
            throw new FormatException($"A lossless WebP image cannot keep 2^{cacheBits} colours.");
        }

        uint[]? groups = null;
        (int groupBits, int groupColumns, int groupCount) = (0, 0, 1);
        if (isMain && bits.Read(1) == 1)
        {
            groupBits = bits.Read(3) + 2;
            groupColumns = Tiles(width, groupBits);
            groups = Read(ref bits, groupColumns, Tiles(height, groupBits), isMain: false);
            for (int i = 0; i < groups.Length; i++)
            {
                groups[i] = (groups[i] >> 8) & 0xFFFF;
                groupCount = Math.Max(groupCount, (int)groups[i] + 1);
            }
        }

        PrefixCode[] codes = new PrefixCode[groupCount * 5];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = ReadCode(ref bits, (i % 5) switch
            {
                0 => Literals + Lengths + (cacheBits > 0 ? 1 << cacheBits : 0),
                4 => Distances,
                _ => Literals,
            });
        }

        return Decode(ref bits, width, height, codes, cacheBits, place => groups is null ? 0 : (int)groups[(place / width >> groupBits) * groupColumns + (place % width >> groupBits)]);
    }

    /// <summary>How many tiles cover a size.</summary>
    public static int Tiles(int size, int bits) => (size + (1 << bits) - 1) >> bits;

    private static uint[] Decode(ref BitsLittle bits, int width, int height, PrefixCode[] codes, int cacheBits, Func<int, int> groupOf)
    {
        uint[] pixels = new uint[width * height];
        uint[] cache = new uint[1 << cacheBits];
        int cached = 0;
        for (int place = 0; place < pixels.Length;)
        {
            ReadOnlySpan<PrefixCode> group = codes.AsSpan(groupOf(place) * 5, 5);
            int symbol = group[0].Read(ref bits);
            if (symbol < Literals)
            {
                int red = group[1].Read(ref bits);
                int blue = group[2].Read(ref bits);
                int alpha = group[3].Read(ref bits);
                pixels[place++] = (uint)((alpha << 24) | (red << 16) | (symbol << 8) | blue);
            }
            else if (symbol < Literals + Lengths)
            {
                int length = Number(ref bits, symbol - Literals);
                int distance = Distance(Number(ref bits, group[4].Read(ref bits)), width);
                if (distance > place)
                {
                    throw new FormatException("The lossless WebP image refers to pixels in front of it.");
                }

                for (int end = Math.Min(place + length, pixels.Length); place < end; place++)
                {
                    pixels[place] = pixels[place - distance];
                }
            }
            else
            {
                Remember(pixels, ref cached, place, cache, cacheBits);
                pixels[place++] = cache[symbol - Literals - Lengths];
            }
        }

        return pixels;
    }

    // Enters what came since the last time; nobody looks before.
    private static void Remember(uint[] pixels, ref int cached, int place, uint[] cache, int cacheBits)
    {
        for (; cached < place; cached++)
        {
            cache[unchecked(pixels[cached] * 0x1E35A7BD) >> (32 - cacheBits)] = pixels[cached];
        }
    }

    // A small number is its own code; of others the code has the two highest bits.
    private static int Number(ref BitsLittle bits, int code)
    {
        if (code < 4)
        {
            return code + 1;
        }

        int extra = (code - 2) >> 1;
        return ((2 + (code & 1)) << extra) + bits.Read(extra) + 1;
    }

    private static int Distance(int code, int width)
    {
        if (code > NearPlaces.Length)
        {
            return code - NearPlaces.Length;
        }

        int place = NearPlaces[code - 1];
        return Math.Max(1, ((place >> 4) * width) + 8 - (place & 15));
    }

    private static PrefixCode ReadCode(ref BitsLittle bits, int symbols)
    {
        byte[] lengths = new byte[symbols];
        if (bits.Read(1) == 1)
        {
            bool isPair = bits.Read(1) == 1;
            lengths[bits.Read(bits.Read(1) == 1 ? 8 : 1)] = 1;
            if (isPair)
            {
                lengths[bits.Read(8)] = 1;
            }

            return new PrefixCode(lengths, isSingleFree: true);
        }

        Span<byte> orders = stackalloc byte[19];
        orders.Clear();
        int count = bits.Read(4) + 4;
        for (int i = 0; i < count; i++)
        {
            orders[LengthOrder[i]] = (byte)bits.Read(3);
        }

        PrefixCode code = new(orders, isSingleFree: true);
        int most = bits.Read(1) == 1 ? 2 + bits.Read(2 + (2 * bits.Read(3))) : symbols;
        byte last = 8;
        for (int i = 0; i < symbols && most > 0; most--)
        {
            int symbol = code.Read(ref bits);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                last = symbol == 0 ? last : (byte)symbol;
                continue;
            }

            int repeated = symbol == 16 ? 3 + bits.Read(2) : symbol == 17 ? 3 + bits.Read(3) : 11 + bits.Read(7);
            lengths.AsSpan(i, repeated).Fill(symbol == 16 ? last : (byte)0);
            i += repeated;
        }

        return new PrefixCode(lengths, isSingleFree: true);
    }
}
