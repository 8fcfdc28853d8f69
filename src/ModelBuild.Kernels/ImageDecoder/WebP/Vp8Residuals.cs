using System;

namespace ModelBuild.Kernels;

/// <summary>The coefficients of a macroblock (RFC 6386, section 13).</summary>
/// <param name="probabilities">[4, 8, 3, 11]: kind of block, place of the coefficient, what is around, decision.</param>
/// <param name="columns">Macroblocks in a row.</param>
internal sealed class Vp8Residuals(byte[] probabilities, int columns)
{
    // Kinds of blocks.
    private const int WithoutFirst = 0;
    private const int Firsts = 1;
    private const int Chroma = 2;
    private const int Whole = 3;

    // Whether there are coefficients in the blocks around: 4 of brightness, 2 and 2 of colour, 1 of first coefficients; for all macroblocks above, and to the left.
    private readonly bool[] _above = new bool[columns * 9];
    private readonly bool[] _left = new bool[9];

    // [25, 16]: 16 blocks of brightness, 4 and 4 of colour, that of first coefficients.
    private readonly short[] _coefficients = new short[25 * 16];

    private static ReadOnlySpan<byte> Bands => [0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7];

    private static ReadOnlySpan<byte> ZigZag => [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

    // The probabilities of the bits of large values, in rows that end with 0.
    private static ReadOnlySpan<byte> LargeBits =>
    [
        173, 148, 140, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        176, 155, 140, 135, 0, 0, 0, 0, 0, 0, 0, 0,
        180, 157, 141, 134, 130, 0, 0, 0, 0, 0, 0, 0,
        254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129, 0,
    ];

    /// <summary>The coefficients of a block.</summary>
    public ReadOnlySpan<short> Block(int block) => _coefficients.AsSpan(block * 16, 16);

    /// <summary>At the left edge there is nothing to the left.</summary>
    public void StartRow() => _left.AsSpan().Clear();

    /// <summary>A macroblock without coefficients. What is known of blocks of first coefficients stays where it has none of them.</summary>
    public void Skip(int column, bool isWhole)
    {
        _coefficients.AsSpan().Clear();
        _above.AsSpan(column * 9, isWhole ? 9 : 8).Clear();
        _left.AsSpan(0, isWhole ? 9 : 8).Clear();
    }

    /// <summary>Reads a macroblock and gives whether it has any coefficient.</summary>
    public bool Read(Vp8Bits bits, int column, in Vp8Segment segment, bool isWhole)
    {
        _coefficients.AsSpan().Clear();
        Span<bool> above = _above.AsSpan(column * 9, 9);
        bool isAny = false;
        if (isWhole)
        {
            above[8] = _left[8] = ReadBlock(bits, 24, Firsts, above[8], _left[8], segment.Y2Dc, segment.Y2Ac);
            Vp8Transform.SpreadFirsts(Block(24), _coefficients);
        }

        for (int block = 0; block < 16; block++)
        {
            (int x, int y) = (block % 4, block / 4);
            above[x] = _left[y] = ReadBlock(bits, block, isWhole ? WithoutFirst : Whole, above[x], _left[y], segment.Y1Dc, segment.Y1Ac);
            isAny |= above[x] || _coefficients[block * 16] != 0;
        }

        for (int block = 16; block < 24; block++)
        {
            int kind = (block - 16) / 4;
            (int x, int y) = (4 + (kind * 2) + (block % 2), 4 + (kind * 2) + (block / 2 % 2));
            above[x] = _left[y] = ReadBlock(bits, block, Chroma, above[x], _left[y], segment.UvDc, segment.UvAc);
            isAny |= above[x];
        }

        return isAny;
    }

    private bool ReadBlock(Vp8Bits bits, int block, int kind, bool above, bool left, int dc, int ac)
    {
        Span<short> coefficients = _coefficients.AsSpan(block * 16, 16);
        int first = kind == WithoutFirst ? 1 : 0;
        int around = (above ? 1 : 0) + (left ? 1 : 0);

        // Behind a zero, a block cannot end.
        bool isAfterZero = false;
        for (int i = first; i < 16; i++)
        {
            ReadOnlySpan<byte> p = probabilities.AsSpan(((((kind * 8) + Bands[i]) * 3) + around) * 11, 11);
            if (!isAfterZero && !bits.Bit(p[0]))
            {
                return i > first;
            }

            isAfterZero = !bits.Bit(p[1]);
            if (isAfterZero)
            {
                around = 0;
                continue;
            }

            int value = Value(bits, p);
            around = value == 1 ? 1 : 2;
            int place = ZigZag[i];
            coefficients[place] = (short)((bits.Flag() ? -value : value) * (place == 0 ? dc : ac));
        }

        return true;
    }

    private static int Value(Vp8Bits bits, ReadOnlySpan<byte> p)
    {
        if (!bits.Bit(p[2]))
        {
            return 1;
        }

        if (!bits.Bit(p[3]))
        {
            return !bits.Bit(p[4]) ? 2 : 3 + One(bits, p[5]);
        }

        if (!bits.Bit(p[6]))
        {
            return !bits.Bit(p[7]) ? 5 + One(bits, 159) : 7 + (2 * One(bits, 165)) + One(bits, 145);
        }

        int high = One(bits, p[8]);
        int size = (2 * high) + One(bits, p[9 + high]);
        int value = 0;
        for (int i = size * 12; LargeBits[i] != 0; i++)
        {
            value = (value * 2) + One(bits, LargeBits[i]);
        }

        return value + 3 + (8 << size);
    }

    private static int One(Vp8Bits bits, int probability) => bits.Bit(probability) ? 1 : 0;
}
