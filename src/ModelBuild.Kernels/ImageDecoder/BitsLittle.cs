using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Reads the bits of a stream, the lowest of each byte first.</summary>
internal ref struct BitsLittle(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private ulong _buffer;
    private int _count;
    private int _next;

    /// <summary>The next bits, at most 32, and zeros behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(int count)
    {
        if (_count < count)
        {
            Fill();
        }

        return (int)(_buffer & ((1UL << count) - 1));
    }

    /// <summary>Goes on behind bits that were seen.</summary>
    /// <exception cref="FormatException">The stream had not as many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        if (count > _count)
        {
            throw new FormatException("The image's data ends early.");
        }

        _buffer >>= count;
        _count -= count;
    }

    public int Read(int count)
    {
        int bits = Peek(count);
        Drop(count);
        return bits;
    }

    /// <summary>Skips to the next whole byte.</summary>
    public void Align() => Drop(_count & 7);

    private void Fill()
    {
        while (_count <= 56 && _next < _bytes.Length)
        {
            _buffer |= (ulong)_bytes[_next++] << _count;
            _count += 8;
        }
    }
}
