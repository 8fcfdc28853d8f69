using System;

namespace ModelBuild.Kernels;

/// <summary>A component of a tile at one of its sizes, the part that is added to the next smaller one.</summary>
internal sealed class J2kResolution
{
    /// <param name="tile">The component's area of the tile.</param>
    /// <param name="coding">How it is coded.</param>
    /// <param name="index">0 for the smallest size.</param>
    /// <param name="sampleBits">Bits of a sample.</param>
    public J2kResolution(J2kArea tile, J2kCoding coding, int index, int sampleBits)
    {
        Area = tile.Band(coding.Splits - index, 0, 0);
        Bands = new J2kBand[index == 0 ? 1 : 3];
        int splits = index == 0 ? coding.Splits : coding.Splits - index + 1;
        for (int i = 0; i < Bands.Length; i++)
        {
            (int exponent, int mantissa) = coding.Step(index == 0 ? 0 : (3 * (index - 1)) + 1 + i);
            (int offsetX, int offsetY) = index == 0 ? (0, 0) : ((i + 1) & 1, (i + 1) >> 1);

            // Half of it, as coefficients have a bit behind the point while they are decoded.
            float step = (float)Math.ScaleB(1 + (mantissa / 2048.0), sampleBits - exponent - 1);
            Bands[i] = new J2kBand(tile.Band(splits, offsetX, offsetY), offsetX, offsetY, coding.GuardBits + exponent - 1, step);
        }

        (int width, int height) = (coding.PrecinctWidth(index), coding.PrecinctHeight(index));
        if (Area.IsEmpty)
        {
            return;
        }

        (FirstX, FirstY) = (Area.X0 >> width, Area.Y0 >> height);
        Columns = (int)(((long)Area.X1 + (1 << width) - 1) >> width) - FirstX;
        Rows = (int)(((long)Area.Y1 + (1 << height) - 1) >> height) - FirstY;
        Count = (long)Columns * Rows;
    }

    public J2kArea Area { get; }

    public J2kBand[] Bands { get; }

    /// <summary>Precincts in a row.</summary>
    public int Columns { get; }

    public int Rows { get; }

    public long Count { get; }

    /// <summary>How many precincts lie to the left of the first.</summary>
    public int FirstX { get; }

    /// <summary>How many lie above it.</summary>
    public int FirstY { get; }

    public J2kPrecinct[] Precincts { get; private set; } = [];

    /// <summary>Makes the precincts.</summary>
    public void Allocate(J2kCoding coding, int index)
    {
        // A precinct has half of its size in each of three bands.
        int half = index == 0 ? 0 : 1;
        (int width, int height) = (coding.PrecinctWidth(index) - half, coding.PrecinctHeight(index) - half);
        Precincts = new J2kPrecinct[Count];
        for (int place = 0; place < Precincts.Length; place++)
        {
            (long x, long y) = (FirstX + (place % Columns), FirstY + (place / Columns));
            J2kArea whole = new((int)(x << width), (int)(y << height), (int)Math.Min(int.MaxValue, (x + 1) << width), (int)Math.Min(int.MaxValue, (y + 1) << height));
            J2kArea[] areas = new J2kArea[Bands.Length];
            for (int i = 0; i < areas.Length; i++)
            {
                areas[i] = whole.And(Bands[i].Area);
            }

            Precincts[place] = new J2kPrecinct(Bands, areas, Math.Min(coding.BlockWidth, width), Math.Min(coding.BlockHeight, height), coding.Style);
        }
    }
}
