using System;

namespace ModelBuild.Kernels;

/// <summary>Portable Network Graphics: all colour types, depths and the interlacing. https://www.w3.org/TR/png/</summary>
internal static class PngImage
{
    private const int Gray = 0;
    private const int Colours = 2;
    private const int Indexed = 3;
    private const int GrayAlpha = 4;

    /// <summary>The first bytes of a file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    // Adam7: the first column and row of each pass, and the distance to the next.
    private static ReadOnlySpan<byte> PassX => [0, 4, 0, 2, 0, 1, 0];

    private static ReadOnlySpan<byte> PassY => [0, 0, 4, 0, 2, 0, 1];

    private static ReadOnlySpan<byte> PassWidth => [8, 8, 4, 4, 2, 2, 1];

    private static ReadOnlySpan<byte> PassHeight => [8, 8, 8, 4, 4, 2, 2];

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        PngChunks chunks = PngChunks.Read(stream[Signature.Length..]);
        ImageBytes header = new(chunks.Header, isBigEndian: true);
        (long width, long height) = (header.U32(), header.U32());
        (int depth, int type) = (header.Byte(), header.Byte());
        (int compression, int filter, int interlace) = (header.Byte(), header.Byte(), header.Byte());
        Check(depth, type);
        if (compression != 0 || filter != 0 || interlace > 1)
        {
            throw new FormatException($"A PNG image with compression {compression}, filter {filter} and interlacing {interlace} is unknown.");
        }

        Raster.Check(width, height);
        int bits = depth * Channels(type);
        long size = 0;
        for (int pass = 0; pass < (interlace == 1 ? 7 : 1); pass++)
        {
            (int columns, int rows) = interlace == 1 ? Pass(pass, (int)width, (int)height) : ((int)width, (int)height);
            size += columns == 0 ? 0 : rows * (1 + ((((long)columns * bits) + 7) / 8));
        }

        // A byte of Deflate stands for no more than 1032.
        if (size > Array.MaxLength || size / 1032 > chunks.Data.Length)
        {
            throw new FormatException($"A PNG image of {width}x{height} pixels cannot have {chunks.Data.Length} bytes of data.");
        }

        byte[] data = new byte[size];
        if (Inflater.Run(chunks.Data, data) < data.Length)
        {
            throw new FormatException("The PNG image's data ends early.");
        }

        Raster image = new(width, height);
        int at = 0;
        for (int pass = 0; pass < (interlace == 1 ? 7 : 1); pass++)
        {
            (int columns, int rows) = interlace == 1 ? Pass(pass, image.Width, image.Height) : (image.Width, image.Height);
            int rowBytes = (int)((((long)columns * bits) + 7) / 8);
            Span<byte> above = new byte[rowBytes];
            for (int row = 0; row < rows && columns > 0; row++)
            {
                Span<byte> current = data.AsSpan(at + 1, rowBytes);
                PngFilter.Undo(data[at], current, above, Math.Max(1, bits / 8));
                above = current;
                at += rowBytes + 1;
                for (int column = 0; column < columns; column++)
                {
                    (int x, int y) = interlace == 1 ? (PassX[pass] + (column * PassWidth[pass]), PassY[pass] + (row * PassHeight[pass])) : (column, row);
                    SetPixel(image, x, y, current, column, depth, type, chunks.Palette);
                }
            }
        }

        return image;
    }

    private static (int Columns, int Rows) Pass(int pass, int width, int height) =>
        ((width - PassX[pass] + PassWidth[pass] - 1) / PassWidth[pass], (height - PassY[pass] + PassHeight[pass] - 1) / PassHeight[pass]);

    private static void SetPixel(Raster image, int x, int y, ReadOnlySpan<byte> row, int column, int depth, int type, ReadOnlySpan<byte> palette)
    {
        int channels = Channels(type);
        int first = Sample(row, column * channels, depth);
        if (type == Indexed)
        {
            image.Set(x, y, palette[first * 3], palette[(first * 3) + 1], palette[(first * 3) + 2]);
        }
        else if (type is Gray or GrayAlpha)
        {
            image.Set(x, y, Raster.Widen(first, depth));
        }
        else
        {
            byte green = Raster.Widen(Sample(row, (column * channels) + 1, depth), depth);
            image.Set(x, y, Raster.Widen(first, depth), green, Raster.Widen(Sample(row, (column * channels) + 2, depth), depth));
        }
    }

    private static int Sample(ReadOnlySpan<byte> row, int index, int depth) => depth switch
    {
        16 => (row[index * 2] << 8) | row[(index * 2) + 1],
        8 => row[index],
        _ => (row[(int)((long)index * depth / 8)] >> (8 - depth - (index * depth % 8))) & ((1 << depth) - 1),
    };

    private static int Channels(int type) => type switch
    {
        Gray or Indexed => 1,
        GrayAlpha => 2,
        Colours => 3,
        _ => 4,
    };

    private static void Check(int depth, int type)
    {
        bool isKnown = type switch
        {
            Gray => depth is 1 or 2 or 4 or 8 or 16,
            Indexed => depth is 1 or 2 or 4 or 8,
            Colours or GrayAlpha or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
        {
            throw new FormatException($"A PNG image of colour type {type} with {depth} bits is unknown.");
        }
    }
}
