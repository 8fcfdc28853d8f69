using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The arithmetic decoder of VP8 (RFC 6386, section 7).</summary>
internal sealed class Vp8Bits
{
    private readonly byte[] _bytes;
    private int _next;

    // Less 1; from 127 to 254 between calls.
    private uint _range = 254;
    private uint _value;

    // How many bits of the value lie below those that are compared with the range.
    private int _bits = -8;

    public Vp8Bits(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>A bit that is 0 in so many of 256 cases.</summary>
    public bool Bit(int probability)
    {
        if (_bits < 0)
        {
            Load();
        }

        uint split = (_range * (uint)probability) >> 8;
        bool bit = _value >> _bits > split;
        uint range = bit ? _range - split : split + 1;
        if (bit)
        {
            _value -= (split + 1) << _bits;
        }

        int shift = 7 ^ BitOperations.Log2(range);
        _range = (range << shift) - 1;
        _bits -= shift;
        return bit;
    }

    /// <summary>A bit that is 0 in one of two cases.</summary>
    public bool Flag() => Bit(128);

    /// <summary>An unsigned number, the highest bit first.</summary>
    public int Number(int bits)
    {
        int number = 0;
        for (int i = 0; i < bits; i++)
        {
            number = (number << 1) | (Flag() ? 1 : 0);
        }

        return number;
    }

    /// <summary>0, or a number and its sign.</summary>
    public int OptionalSigned(int bits)
    {
        if (!Flag())
        {
            return 0;
        }

        int number = Number(bits);
        return Flag() ? -number : number;
    }

    private void Load()
    {
        // The encoder may leave out zeros at the end, but not many.
        if (_next > _bytes.Length + 1)
        {
            throw new FormatException("The WebP image's data ends early.");
        }

        _value = (_value << 8) | (_next < _bytes.Length ? _bytes[_next] : 0u);
        _next++;
        _bits += 8;
    }
}
