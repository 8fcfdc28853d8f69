using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The bits of a JPEG scan, the highest of each byte first, up to the next marker. A zero that follows a byte of ones belongs to it.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private ulong _buffer;
    private int _count;

    /// <summary>The first byte that has not been read; after <see cref="EndAtMarker"/>, that of the marker.</summary>
    public int Next { get; private set; }

    /// <summary>The next bits, at most 16, and zeros behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(int count)
    {
        if (_count < count)
        {
            Fill();
        }

        return (int)(_count >= count ? _buffer >> (_count - count) : _buffer << (count - _count)) & ((1 << count) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        _count -= count;
        if (_count < 0)
        {
            throw new FormatException("A JPEG scan ends early.");
        }
    }

    public int Read(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        int bits = Peek(count);
        Drop(count);
        return bits;
    }

    /// <summary>A number of so many bits, of which half of the range stands for negative ones: T.81, figure F.12.</summary>
    public int ReadSigned(int count)
    {
        int bits = Read(count);
        return count == 0 || bits >= 1 << (count - 1) ? bits : bits - (1 << count) + 1;
    }

    /// <summary>Goes to the next marker.</summary>
    public void EndAtMarker()
    {
        (_buffer, _count) = (0, 0);
        while (Next + 1 < _bytes.Length && !(_bytes[Next] == 0xFF && _bytes[Next + 1] is not (0 or 0xFF)))
        {
            Next++;
        }
    }

    /// <summary>Goes behind a restart marker.</summary>
    public void Restart()
    {
        EndAtMarker();
        if (Next + 1 >= _bytes.Length || _bytes[Next + 1] is < 0xD0 or > 0xD7)
        {
            throw new FormatException("A JPEG scan lacks a restart marker.");
        }

        Next += 2;
    }

    private void Fill()
    {
        while (_count <= 48 && Next < _bytes.Length)
        {
            byte value = _bytes[Next];
            if (value == 0xFF)
            {
                if (Next + 1 >= _bytes.Length || _bytes[Next + 1] != 0)
                {
                    return;
                }

                Next++;
            }

            Next++;
            _buffer = (_buffer << 8) | value;
            _count += 8;
        }
    }
}
