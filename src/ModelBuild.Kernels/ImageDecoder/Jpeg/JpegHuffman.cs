using System;

namespace ModelBuild.Kernels;

/// <summary>A Huffman code of JPEG, T.81 annex C: codes of each length are successive numbers.</summary>
internal sealed class JpegHuffman
{
    private const int TableBits = 8;

    // For each possible row of next bits the symbol in it, times 256, plus the length of its code; 0 for longer codes.
    private readonly int[] _table = new int[1 << TableBits];

    // For each length the first code that is too large for it, and where its first symbol is, less its first code.
    private readonly int[] _end = new int[18];
    private readonly int[] _offset = new int[18];
    private readonly byte[] _symbols;

    /// <param name="counts">[16]: how many codes there are of each length.</param>
    /// <param name="symbols">What they stand for.</param>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++)
        {
            _offset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (length <= TableBits)
                {
                    _table.AsSpan(code << (TableBits - length), 1 << (TableBits - length)).Fill((symbols[index] << 8) | length);
                }
            }

            _end[length] = code;
            if (code > 1 << length)
            {
                throw new FormatException("A JPEG Huffman table has too many codes.");
            }

            code <<= 1;
        }
    }

    /// <summary>The next symbol.</summary>
    public int Read(ref JpegBits bits)
    {
        int ahead = bits.Peek(16);
        int entry = _table[ahead >> (16 - TableBits)];
        if (entry != 0)
        {
            bits.Drop(entry & 255);
            return entry >> 8;
        }

        for (int length = TableBits + 1; length <= 16; length++)
        {
            int code = ahead >> (16 - length);
            if (code < _end[length])
            {
                bits.Drop(length);
                return _symbols[code + _offset[length]];
            }
        }

        throw new FormatException("The JPEG image has a code that stands for nothing.");
    }
}
