using System;

namespace ModelBuild.Kernels;

/// <summary>The bits of packet headers, the highest of each byte first; after a byte of ones, the next one has 7 (T.800, B.10.1).</summary>
internal ref struct J2kBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _current;
    private int _left;

    /// <summary>The first byte that has not been read.</summary>
    public int Next { get; private set; }

    public int Bit()
    {
        if (_left == 0)
        {
            if (Next >= _bytes.Length)
            {
                throw new FormatException("A JPEG 2000 packet ends early.");
            }

            _left = _current == 0xFF ? 7 : 8;
            _current = _bytes[Next++];
        }

        _left--;
        return (_current >> _left) & 1;
    }

    public int Number(int bits)
    {
        int number = 0;
        for (int i = 0; i < bits; i++)
        {
            number = (number << 1) | Bit();
        }

        return number;
    }

    /// <summary>Goes to the next whole byte.</summary>
    public void Align()
    {
        // The bit that follows a byte of ones takes a byte of its own.
        Next += _current == 0xFF ? 1 : 0;
        (_left, _current) = (0, 0);
    }

    /// <summary>The next whole bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - Next)
        {
            throw new FormatException("A JPEG 2000 packet ends early.");
        }

        Next += count;
        return _bytes.Slice(Next - count, count);
    }

    /// <summary>Skips a marker with its contents, if it is next.</summary>
    public void SkipMarker(byte low, int length)
    {
        if (Next + length <= _bytes.Length && _bytes[Next] == 0xFF && _bytes[Next + 1] == low)
        {
            Next += length;
        }
    }
}
