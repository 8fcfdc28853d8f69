using System;

namespace ModelBuild.Kernels;

/// <summary>One colour component of a JPEG frame.</summary>
/// <param name="id">Its name in scans.</param>
/// <param name="across">Blocks in a row of an interleaved unit.</param>
/// <param name="down">Rows of blocks in it.</param>
/// <param name="table">Its quantization table.</param>
internal sealed class JpegComponent(int id, int across, int down, int table)
{
    public int Id { get; } = id;

    public int Across { get; } = across is > 0 and <= 4 ? across : throw new FormatException($"A JPEG sampling factor of {across} is unknown.");

    public int Down { get; } = down is > 0 and <= 4 ? down : throw new FormatException($"A JPEG sampling factor of {down} is unknown.");

    public int Table { get; } = table;

    /// <summary>The table that holds for the component, in the order of rows: that of its first scan.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>Samples in a row, without those that fill up the last block.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>How many columns of the image a sample stands for.</summary>
    public int ExpandX { get; private set; }

    public int ExpandY { get; private set; }

    /// <summary>Blocks in a row, with those that fill up the last interleaved unit.</summary>
    public int Columns { get; private set; }

    public int Rows { get; private set; }

    /// <summary>[rows, columns, 64]: quantized coefficients in the order of rows.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>Where in a block the coefficients of a stream belong.</summary>
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Finds the sizes and gives the number of blocks.</summary>
    public long Measure(int imageWidth, int imageHeight, int mostAcross, int mostDown)
    {
        if (mostAcross % Across != 0 || mostDown % Down != 0)
        {
            throw new FormatException($"JPEG components that are sampled {Across} and {mostAcross} times across, {Down} and {mostDown} down, cannot be decoded.");
        }

        (ExpandX, ExpandY) = (mostAcross / Across, mostDown / Down);
        Width = Quotient(imageWidth, ExpandX);
        Height = Quotient(imageHeight, ExpandY);
        Columns = Quotient(imageWidth, 8 * mostAcross) * Across;
        Rows = Quotient(imageHeight, 8 * mostDown) * Down;
        return (long)Columns * Rows;
    }

    public void Allocate() => Coefficients = new short[checked(Columns * Rows * 64)];

    public Span<short> Block(int row, int column) => Coefficients.AsSpan(((row * Columns) + column) * 64, 64);

    /// <summary>The quotient, rounded up.</summary>
    public static int Quotient(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
