using System;

namespace ModelBuild.Kernels;

/// <summary>Reads numbers of a stream, one after the other.</summary>
internal ref struct ImageBytes(ReadOnlySpan<byte> bytes, bool isBigEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly bool _isBigEndian = isBigEndian;

    /// <summary>Where the next byte is.</summary>
    public int Position { get; private set; }

    public readonly int Length => _bytes.Length;

    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Goes on reading elsewhere.</summary>
    public void Seek(long position)
    {
        if (position < 0 || position > _bytes.Length)
        {
            throw new FormatException($"The image refers to its byte {position}, but has {_bytes.Length}.");
        }

        Position = (int)position;
    }

    public void Skip(long count) => Seek(Position + count);

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw new FormatException($"The image ends after {_bytes.Length} bytes, where {count} more are expected at {Position}.");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public ReadOnlySpan<byte> TakeRest() => Take(Remaining);

    public int Byte() => Take(1)[0];

    public int U16()
    {
        ReadOnlySpan<byte> b = Take(2);
        return _isBigEndian ? (b[0] << 8) | b[1] : (b[1] << 8) | b[0];
    }

    public int U24()
    {
        ReadOnlySpan<byte> b = Take(3);
        return _isBigEndian ? (b[0] << 16) | (b[1] << 8) | b[2] : (b[2] << 16) | (b[1] << 8) | b[0];
    }

    public uint U32()
    {
        ReadOnlySpan<byte> b = Take(4);
        return _isBigEndian ? (uint)((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]) : (uint)((b[3] << 24) | (b[2] << 16) | (b[1] << 8) | b[0]);
    }

    public int I32() => unchecked((int)U32());
}
