using System;

namespace ModelBuild.Kernels;

/// <summary>A canonical prefix code as Deflate and WebP have it: shorter codes first, then by symbol; a code's first bit is read first. RFC 1951, section 3.2.2.</summary>
internal sealed class PrefixCode
{
    private const int MostBits = 15;
    private const int MostTableBits = 9;

    // For each possible row of next bits the symbol in it, times 16, plus the length of its code; 0 for longer codes.
    private readonly int[] _table;
    private readonly int _tableBits;
    private readonly int[] _counts = new int[MostBits + 1];
    private readonly int[] _symbols;
    private readonly int _single = -1;

    /// <param name="lengths">The length of each symbol's code; 0 for a symbol that does not occur.</param>
    /// <param name="isSingleFree">Whether the code of a symbol that is the only one takes no bits.</param>
    /// <exception cref="FormatException">More codes than there can be.</exception>
    public PrefixCode(ReadOnlySpan<byte> lengths, bool isSingleFree = false)
    {
        int used = 0;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            _counts[lengths[symbol]]++;
        }

        _counts[0] = 0;
        Span<int> next = stackalloc int[MostBits + 2];
        Span<int> code = stackalloc int[MostBits + 2];
        for (int bits = 1; bits <= MostBits; bits++)
        {
            next[bits + 1] = next[bits] + _counts[bits];
            code[bits + 1] = (code[bits] + _counts[bits]) << 1;
            if (code[bits] + _counts[bits] > 1 << bits)
            {
                throw new FormatException("The image has a prefix code with too many codes.");
            }
        }

        int longest = Math.Max(0, _counts.AsSpan().LastIndexOfAnyExcept(0));
        _tableBits = Math.Min(longest, MostTableBits);
        _table = new int[1 << _tableBits];
        _symbols = new int[next[MostBits + 1]];
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length > 0)
            {
                used++;
                _single = symbol;
                _symbols[next[length]++] = symbol;
                Enter(symbol, length, code[length]++);
            }
        }

        _single = isSingleFree && used == 1 ? _single : -1;
    }

    /// <summary>The next symbol.</summary>
    public int Read(ref BitsLittle bits)
    {
        if (_single >= 0)
        {
            return _single;
        }

        int entry = _table[bits.Peek(_tableBits)];
        if (entry != 0)
        {
            bits.Drop(entry & 15);
            return entry >> 4;
        }

        return ReadLong(ref bits);
    }

    // Bit by bit: the codes of each length are successive numbers, which begin where those of the length before end.
    private int ReadLong(ref BitsLittle bits)
    {
        int ahead = bits.Peek(MostBits);
        int code = 0, first = 0, index = 0;
        for (int length = 1; length <= MostBits; length++)
        {
            code |= (ahead >> (length - 1)) & 1;
            int count = _counts[length];
            if (code - first < count)
            {
                bits.Drop(length);
                return _symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        throw new FormatException("The image has a code that stands for nothing.");
    }

    private void Enter(int symbol, int length, int code)
    {
        if (length > _tableBits)
        {
            return;
        }

        int reversed = 0;
        for (int bit = 0; bit < length; bit++)
        {
            reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        }

        for (int row = reversed; row < _table.Length; row += 1 << length)
        {
            _table[row] = (symbol << 4) | length;
        }
    }
}
