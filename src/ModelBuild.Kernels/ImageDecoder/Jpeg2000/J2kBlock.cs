using System;

namespace ModelBuild.Kernels;

/// <summary>A code block: the bytes of its coding passes, which come in segments that are decoded one after the other.</summary>
internal sealed class J2kBlock(J2kArea area, int zeroPlanes)
{
    private byte[] _bytes = [];
    private int _length;
    private int[] _ends = [0];
    private int[] _passes = [0];

    /// <summary>Its place in its band.</summary>
    public J2kArea Area { get; } = area;

    /// <summary>How many of the highest bits are zero in all coefficients.</summary>
    public int ZeroPlanes { get; } = zeroPlanes;

    /// <summary>The bits of lengths in packet headers.</summary>
    public int LengthBits { get; set; } = 3;

    public int Segments { get; private set; }

    /// <summary>All passes.</summary>
    public int TotalPasses { get; private set; }

    public ReadOnlySpan<byte> SegmentBytes(int segment) => _bytes.AsSpan(segment == 0 ? 0 : _ends[segment - 1], _ends[segment] - (segment == 0 ? 0 : _ends[segment - 1]));

    public int SegmentPasses(int segment) => _passes[segment];

    /// <summary>How many of the next passes belong to the segment that is open, or to a new one.</summary>
    public int PassesInSegment(int passes, int style)
    {
        int open = Segments == 0 ? 0 : _passes[Segments - 1];
        int room = Segments == 0 ? 0 : Most(Segments - 1, style) - open;
        return Math.Min(passes, room > 0 ? room : Most(Segments, style));
    }

    /// <summary>Counts passes, of which <see cref="PassesInSegment"/> says how many there can be at a time; gives the segment that they belong to.</summary>
    public int AddPasses(int passes, int style)
    {
        if (Segments == 0 || _passes[Segments - 1] == Most(Segments - 1, style))
        {
            Segments++;
            if (Segments > _ends.Length)
            {
                Array.Resize(ref _ends, Segments * 2);
                Array.Resize(ref _passes, Segments * 2);
            }

            (_ends[Segments - 1], _passes[Segments - 1]) = (_length, 0);
        }

        _passes[Segments - 1] += passes;
        TotalPasses += passes;
        return Segments - 1;
    }

    /// <summary>Adds bytes to the last segment of those that have any.</summary>
    public void Append(int segment, ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _length, _length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        for (int i = segment; i < Segments; i++)
        {
            _ends[i] = _length;
        }
    }

    // The first ten passes, which are the first four planes, precede the first that bypasses the arithmetic code; then come two that do and one that does not.
    private static int Most(int segment, int style) =>
        (style & J2kCoding.Terminate) != 0 ? 1
        : (style & J2kCoding.Bypass) == 0 ? int.MaxValue
        : segment == 0 ? 10 : segment % 2 == 1 ? 2 : 1;
}
