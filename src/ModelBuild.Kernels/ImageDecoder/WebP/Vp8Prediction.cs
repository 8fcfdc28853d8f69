using System;

namespace ModelBuild.Kernels;

/// <summary>Predicts blocks from the samples around them (RFC 6386, section 12). The modes are numbered as in <see cref="Vp8Tables.BlockModes"/>.</summary>
internal static class Vp8Prediction
{
    public const byte Average = 0;
    public const byte Gradient = 1;
    public const byte Down = 2;
    public const byte Across = 3;

    // Diagonals, in the order of the specification: B_RD, B_VR, B_LD, B_VL, B_HD, B_HU.
    public const byte RightDown = 4;
    public const byte DownRight = 5;
    public const byte LeftDown = 6;
    public const byte DownLeft = 7;
    public const byte AcrossDown = 8;
    public const byte AcrossUp = 9;

    /// <summary>A whole macroblock of one kind of samples.</summary>
    /// <param name="plane">The samples.</param>
    /// <param name="column">The macroblock.</param>
    /// <param name="row">Its row.</param>
    /// <param name="size">Its samples, 16 or 8 in a row.</param>
    /// <param name="mode">One of the first four modes.</param>
    public static void Square(Vp8Plane plane, int column, int row, int size, int mode)
    {
        (int left, int top) = (column * size, row * size);
        ReadOnlySpan<byte> above = plane.Samples.AsSpan(plane.At(left, top - 1), size);
        byte corner = plane.Samples[plane.At(left - 1, top - 1)];
        byte average = mode == Average ? AverageOf(plane, column, row, size) : (byte)0;
        for (int y = 0; y < size; y++)
        {
            Span<byte> samples = plane.Samples.AsSpan(plane.At(left, top + y), size);
            byte before = plane.Samples[plane.At(left - 1, top + y)];
            switch (mode)
            {
                case Average:
                    samples.Fill(average);
                    break;
                case Gradient:
                    for (int x = 0; x < size; x++)
                    {
                        samples[x] = (byte)Math.Clamp(before + above[x] - corner, 0, 255);
                    }

                    break;
                case Down:
                    above.CopyTo(samples);
                    break;
                default:
                    samples.Fill(before);
                    break;
            }
        }
    }

    /// <summary>A block of 4x4.</summary>
    /// <param name="plane">The samples.</param>
    /// <param name="x">Where it is.</param>
    /// <param name="y">Its row.</param>
    /// <param name="mode">One of the modes.</param>
    /// <param name="beyond">The four samples to the right of those above.</param>
    public static void Block(Vp8Plane plane, int x, int y, int mode, ReadOnlySpan<byte> beyond)
    {
        // The edge from the lower left to the upper right: [0..3] the column to the left, upwards, [4] the corner, [5..12] the row above.
        Span<int> edge = stackalloc int[13];
        for (int i = 0; i < 4; i++)
        {
            edge[3 - i] = plane.Samples[plane.At(x - 1, y + i)];
            edge[5 + i] = plane.Samples[plane.At(x + i, y - 1)];
            edge[9 + i] = beyond[i];
        }

        edge[4] = plane.Samples[plane.At(x - 1, y - 1)];
        int average = 4;
        for (int i = 0; i < 4; i++)
        {
            average += edge[i] + edge[5 + i];
        }

        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                int sample = mode switch
                {
                    Average => average >> 3,
                    Gradient => Math.Clamp(edge[3 - row] + edge[5 + column] - edge[4], 0, 255),
                    Down => Three(edge, 5 + column),
                    Across => row == 3 ? (edge[1] + (3 * edge[0]) + 2) >> 2 : Three(edge, 3 - row),
                    RightDown => Three(edge, 4 - row + column),
                    DownRight => AlongDown(edge, row, column),
                    LeftDown => row + column == 6 ? (edge[11] + (3 * edge[12]) + 2) >> 2 : Three(edge, 6 + row + column),
                    DownLeft => AgainstDown(edge, row, column),
                    AcrossDown => AlongAcross(edge, row, column),
                    _ => UpAcross(edge, (2 * row) + column),
                };
                plane.Samples[plane.At(x + column, y + row)] = (byte)sample;
            }
        }
    }

    // Between two samples of the edge, and around one.
    private static int Two(ReadOnlySpan<int> edge, int i) => (edge[i] + edge[i + 1] + 1) >> 1;

    private static int Three(ReadOnlySpan<int> edge, int i) => (edge[i - 1] + (2 * edge[i]) + edge[i + 1] + 2) >> 2;

    // Two rows down go one column to the right.
    private static int AlongDown(ReadOnlySpan<int> edge, int row, int column)
    {
        int place = (2 * column) - row;
        return place < -1 ? Three(edge, 5 - row) : row % 2 == 0 ? Two(edge, 4 + (place / 2)) : Three(edge, 4 + ((place + 1) / 2));
    }

    // Two columns to the right go one row down.
    private static int AlongAcross(ReadOnlySpan<int> edge, int row, int column)
    {
        int place = (2 * row) - column;
        return place < -1 ? Three(edge, 3 + column) : column % 2 == 0 ? Two(edge, 3 - (place / 2)) : Three(edge, 4 - ((place + 1) / 2));
    }

    // Two rows down go one column to the left; the last column of the lower rows is another rule.
    private static int AgainstDown(ReadOnlySpan<int> edge, int row, int column)
    {
        int first = 5 + column + (row / 2);
        return (row, column) == (2, 3) ? Three(edge, 10) : (row, column) == (3, 3) ? Three(edge, 11) : row % 2 == 0 ? Two(edge, first) : Three(edge, first + 1);
    }

    // Downwards along the left column, and then its last sample.
    private static int UpAcross(ReadOnlySpan<int> edge, int place) =>
        place > 5 ? edge[0] : place == 5 ? (edge[1] + (3 * edge[0]) + 2) >> 2 : place % 2 == 0 ? Two(edge, 2 - (place / 2)) : Three(edge, 2 - (place / 2));

    // Of what lies inside of the image.
    private static byte AverageOf(Vp8Plane plane, int column, int row, int size)
    {
        int sum = 0, count = 0;
        for (int i = 0; i < size; i++)
        {
            sum += row > 0 ? plane.Samples[plane.At((column * size) + i, (row * size) - 1)] : 0;
            sum += column > 0 ? plane.Samples[plane.At((column * size) - 1, (row * size) + i)] : 0;
        }

        count += row > 0 ? size : 0;
        count += column > 0 ? size : 0;
        return (byte)(count == 0 ? 128 : (sum + (count / 2)) / count);
    }
}
