using System;

namespace ModelBuild.Kernels;

/// <summary>A part of a resolution, whose code blocks share packets.</summary>
internal sealed class J2kPrecinct
{
    private readonly J2kBand[] _bands;
    private readonly J2kArea[] _areas;
    private readonly int _blockWidth;
    private readonly int _blockHeight;
    private readonly int _style;
    private readonly J2kTagTree?[] _inclusions;
    private readonly J2kTagTree?[] _zeroPlanes;

    /// <param name="bands">The bands of the resolution.</param>
    /// <param name="areas">The part of each.</param>
    /// <param name="blockWidth">The logarithm of the width of code blocks.</param>
    /// <param name="blockHeight">That of their height.</param>
    /// <param name="style">How they are coded.</param>
    public J2kPrecinct(J2kBand[] bands, J2kArea[] areas, int blockWidth, int blockHeight, int style)
    {
        (_bands, _areas, _blockWidth, _blockHeight, _style) = (bands, areas, blockWidth, blockHeight, style);
        _inclusions = new J2kTagTree?[bands.Length];
        _zeroPlanes = new J2kTagTree?[bands.Length];
        Blocks = new J2kBlock?[bands.Length][];
    }

    /// <summary>For each band its blocks, row after row; null for those without data, or for all of them.</summary>
    public J2kBlock?[]?[] Blocks { get; }

    /// <summary>Reads the packet of a layer (T.800, B.10).</summary>
    public void ReadPacket(ref J2kBits bits, int layer)
    {
        bits.SkipMarker(0x91, 6);
        bool hasData = bits.Bit() == 1;

        // Where the bytes of a block belong: band, block, segment, how many.
        (int Band, int Block, int Segment, int Length)[] parts = new (int, int, int, int)[4];
        int count = 0;
        for (int band = 0; band < _bands.Length && hasData; band++)
        {
            if (!_areas[band].IsEmpty)
            {
                ReadBand(ref bits, band, layer, ref parts, ref count);
            }
        }

        bits.Align();
        bits.SkipMarker(0x92, 2);
        for (int i = 0; i < count; i++)
        {
            Blocks[parts[i].Band]![parts[i].Block]!.Append(parts[i].Segment, bits.Take(parts[i].Length));
        }
    }

    private void ReadBand(ref J2kBits bits, int band, int layer, ref (int Band, int Block, int Segment, int Length)[] parts, ref int count)
    {
        J2kArea area = _areas[band];
        (int firstX, int firstY) = (area.X0 >> _blockWidth, area.Y0 >> _blockHeight);
        int columns = ((area.X1 - 1) >> _blockWidth) - firstX + 1;
        int rows = ((area.Y1 - 1) >> _blockHeight) - firstY + 1;
        J2kBlock?[] blocks = Blocks[band] ??= new J2kBlock?[columns * rows];
        J2kTagTree inclusion = _inclusions[band] ??= new J2kTagTree(columns, rows);
        J2kTagTree zeros = _zeroPlanes[band] ??= new J2kTagTree(columns, rows);
        for (int place = 0; place < blocks.Length; place++)
        {
            (int x, int y) = (place % columns, place / columns);
            if (blocks[place] is { } known ? bits.Bit() == 0 : !inclusion.IsLess(ref bits, x, y, layer + 1))
            {
                continue;
            }

            if (blocks[place] is null)
            {
                int planes = 1;
                while (!zeros.IsLess(ref bits, x, y, planes))
                {
                    planes++;
                }

                (int left, int top) = ((firstX + x) << _blockWidth, (firstY + y) << _blockHeight);
                J2kArea whole = new(left, top, left + (1 << _blockWidth), top + (1 << _blockHeight));
                blocks[place] = new J2kBlock(whole.And(area), planes - 1);
            }

            J2kBlock block = blocks[place]!;
            int passes = Passes(ref bits);
            while (bits.Bit() == 1)
            {
                block.LengthBits++;
            }

            while (passes > 0)
            {
                int some = block.PassesInSegment(passes, _style);
                int length = bits.Number(Math.Min(31, block.LengthBits + System.Numerics.BitOperations.Log2((uint)some)));
                if (count == parts.Length)
                {
                    Array.Resize(ref parts, 2 * count);
                }

                parts[count++] = (band, place, block.AddPasses(some, _style), length);
                passes -= some;
            }
        }
    }

    private static int Passes(ref J2kBits bits)
    {
        if (bits.Bit() == 0)
        {
            return 1;
        }

        if (bits.Bit() == 0)
        {
            return 2;
        }

        int few = bits.Number(2);
        int more = few < 3 ? 0 : bits.Number(5);
        return few < 3 ? 3 + few : more < 31 ? 6 + more : 37 + bits.Number(7);
    }
}
