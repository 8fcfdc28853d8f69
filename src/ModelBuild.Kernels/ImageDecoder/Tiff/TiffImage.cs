using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The first image of a TIFF 6.0 file: strips or tiles, interleaved or planar, 1 to 16 bits, gray, palette, RGB or CMYK; plain, LZW, PackBits or Deflate.
/// What is compressed as a fax or as JPEG, YCbCr, Lab, floats and BigTIFF are not decoded.
/// </summary>
internal static class TiffImage
{
    private const int WhiteIsZero = 0;
    private const int BlackIsZero = 1;
    private const int Colours = 2;
    private const int Indexed = 3;
    private const int Inks = 5;

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        ImageBytes bytes = new(stream, isBigEndian: stream[0] == 'M');
        TiffTags tags = TiffTags.Read(ref bytes);
        Check(tags);
        int planes = tags.IsPlanar ? tags.Samples : 1;
        int samples = tags.IsPlanar ? 1 : tags.Samples;
        int across = (int)(((long)tags.Width + tags.TileWidth - 1) / tags.TileWidth);
        int down = (int)(((long)tags.Height + tags.TileHeight - 1) / tags.TileHeight);
        int rowBytes = checked((int)((((long)tags.TileWidth * tags.Bits * samples) + 7) / 8));
        if ((long)across * down * planes > tags.Offsets.Length || tags.Offsets.Length > tags.Lengths.Length)
        {
            throw new FormatException($"A TIFF image of {tags.Width}x{tags.Height} pixels lacks some of its strips or tiles.");
        }

        // [planes] of one strip or tile.
        byte[][] tile = new byte[planes][];
        for (int plane = 0; plane < planes; plane++)
        {
            tile[plane] = new byte[checked(rowBytes * tags.TileHeight)];
        }

        bool isSideways = tags.Orientation >= 5;
        Raster image = new(isSideways ? tags.Height : tags.Width, isSideways ? tags.Width : tags.Height);
        for (int place = 0; place < across * down; place++)
        {
            (int top, int left) = (place / across * tags.TileHeight, place % across * tags.TileWidth);
            int rows = Math.Min(tags.TileHeight, tags.Height - top);
            for (int plane = 0; plane < planes; plane++)
            {
                int index = (plane * across * down) + place;
                bytes.Seek(tags.Offsets[index]);

                // The last rows of a tile lie outside of the image, those of a strip do not exist.
                Span<byte> target = tile[plane].AsSpan(0, rowBytes * (tags.IsTiled ? tags.TileHeight : rows));
                TiffData.Unpack(bytes.Take(Math.Min(tags.Lengths[index], bytes.Remaining)), target, tags.Compression, tags.IsReversed);
                if (tags.Predictor == 2)
                {
                    TiffData.Sum(target, rowBytes, samples, tags.Bits, stream[0] == 'M');
                }
            }

            for (int y = 0; y < rows; y++)
            {
                SetRow(image, tags, tile, y * rowBytes, top + y, left, stream[0] == 'M');
            }
        }

        return image;
    }

    private static void Check(TiffTags tags)
    {
        int needed = tags.Photometric switch
        {
            WhiteIsZero or BlackIsZero or Indexed => 1,
            Colours => 3,
            Inks => 4,
            _ => int.MaxValue,
        };
        if (tags.Samples < needed || tags.Bits is not (1 or 2 or 4 or 8 or 16) || tags.Predictor is not (1 or 2) || (tags.Predictor == 2 && tags.Bits < 8))
        {
            throw new FormatException($"A TIFF image of kind {tags.Photometric} with {tags.Samples} samples of {tags.Bits} bits and predictor {tags.Predictor} cannot be decoded.");
        }
    }

    private static void SetRow(Raster image, TiffTags tags, byte[][] tile, int at, int y, int left, bool isBigEndian)
    {
        int columns = Math.Min(tags.TileWidth, tags.Width - left);
        for (int x = 0; x < columns; x++)
        {
            int first = Sample(0);
            (int toX, int toY) = Place(tags, left + x, y);
            byte shade = Raster.Widen(first, tags.Bits);
            switch (tags.Photometric)
            {
                case WhiteIsZero:
                    image.Set(toX, toY, (byte)(255 - shade));
                    break;
                case BlackIsZero:
                    image.Set(toX, toY, shade);
                    break;
                case Indexed:
                    int colours = tags.Palette.Length / 3;
                    image.Set(toX, toY, (byte)(tags.Palette[first] >> 8), (byte)(tags.Palette[first + colours] >> 8), (byte)(tags.Palette[first + (2 * colours)] >> 8));
                    break;
                case Colours:
                    image.Set(toX, toY, shade, Raster.Widen(Sample(1), tags.Bits), Raster.Widen(Sample(2), tags.Bits));
                    break;
                default:
                    int black = Raster.Widen(Sample(3), tags.Bits);
                    image.Set(toX, toY, Ink(shade, black), Ink(Raster.Widen(Sample(1), tags.Bits), black), Ink(Raster.Widen(Sample(2), tags.Bits), black));
                    break;
            }

            int Sample(int sample)
            {
                ReadOnlySpan<byte> row = tile[tags.IsPlanar ? sample : 0].AsSpan(at);
                long index = tags.IsPlanar ? x : ((long)x * tags.Samples) + sample;
                return tags.Bits switch
                {
                    8 => row[(int)index],
                    16 => isBigEndian ? (row[(int)index * 2] << 8) | row[((int)index * 2) + 1] : (row[((int)index * 2) + 1] << 8) | row[(int)index * 2],
                    _ => (row[(int)(index * tags.Bits / 8)] >> (8 - tags.Bits - (int)(index * tags.Bits % 8))) & ((1 << tags.Bits) - 1),
                };
            }
        }
    }

    private static byte Ink(int ink, int black) => (byte)JpegColours.Ink(ink, black);

    // Orientations 2 to 4 mirror, and 5 to 8 swap rows and columns besides.
    private static (int X, int Y) Place(TiffTags tags, int x, int y)
    {
        (int right, int bottom) = (tags.Width - 1 - x, tags.Height - 1 - y);
        return tags.Orientation switch
        {
            2 => (right, y),
            3 => (right, bottom),
            4 => (x, bottom),
            5 => (y, x),
            6 => (bottom, x),
            7 => (bottom, right),
            8 => (y, right),
            _ => (x, y),
        };
    }
}
