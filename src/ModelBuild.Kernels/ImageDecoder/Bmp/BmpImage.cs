using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Windows and OS/2 bitmaps with 1, 2, 4, 8, 16, 24 or 32 bits a pixel, plain, with masks or run lengths. https://learn.microsoft.com/windows/win32/gdi/bitmap-storage</summary>
internal static class BmpImage
{
    private const int Plain = 0;
    private const int Runs8 = 1;
    private const int Runs4 = 2;
    private const int Masks = 3;
    private const int MasksWithAlpha = 6;

    /// <summary>Decodes a bitmap.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        ImageBytes bytes = new(stream, isBigEndian: false);
        bytes.Seek(10);
        long pixels = bytes.U32();
        int header = bytes.I32();
        bool isOld = header == 12;
        if (header is not 12 and (< 40 or > 124))
        {
            throw new FormatException($"A bitmap header of {header} bytes is unknown.");
        }

        int width = isOld ? bytes.U16() : bytes.I32();
        int height = isOld ? bytes.U16() : bytes.I32();
        bytes.Skip(2);
        int bits = bytes.U16();
        int compression = isOld ? Plain : bytes.I32();
        bytes.Skip(isOld ? 0 : 12);
        long colours = isOld ? 0 : bytes.U32();
        bool isTopDown = height < 0;
        Raster.Check(width, Math.Abs((long)height));
        Check(bits, compression);
        bytes.Seek(14 + 40);
        Span<uint> masks = stackalloc uint[3];
        ReadMasks(ref bytes, masks, bits, compression);
        bytes.Seek(14 + header + (header == 40 && compression == Masks ? 12 : header == 40 && compression == MasksWithAlpha ? 16 : 0));
        ReadOnlySpan<byte> palette = bits > 8 ? default : bytes.Take(PaletteBytes(bits, colours, isOld, pixels - bytes.Position));
        bytes.Seek(pixels);
        long stride = ((((long)width * bits) + 31) / 32) * 4;
        bool isPacked = compression is Runs8 or Runs4;
        if (!isPacked && (Math.Abs((long)height) - 1) * stride > bytes.Remaining)
        {
            throw new FormatException($"A bitmap of {width}x{height} pixels cannot have {bytes.Remaining} bytes.");
        }

        Raster image = new(width, Math.Abs((long)height));
        if (isPacked)
        {
            byte[] indices = BmpRuns.Read(ref bytes, image.Width, image.Height, compression == Runs4);
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    SetIndexed(image, x, isTopDown ? y : image.Height - 1 - y, indices[(y * image.Width) + x], palette, isOld);
                }
            }

            return image;
        }

        for (int y = 0; y < image.Height; y++)
        {
            // The last row may lack the bytes that fill it up.
            ReadOnlySpan<byte> row = bytes.Take(Math.Min(stride, y == image.Height - 1 ? (((long)image.Width * bits) + 7) / 8 : stride));
            ReadRow(image, isTopDown ? y : image.Height - 1 - y, row, bits, palette, isOld, masks);
        }

        return image;
    }

    private static void Check(int bits, int compression)
    {
        bool isKnown = compression switch
        {
            Plain => bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            Runs8 => bits == 8,
            Runs4 => bits == 4,
            Masks or MasksWithAlpha => bits is 16 or 32,
            _ => false,
        };
        if (!isKnown)
        {
            throw new FormatException($"A bitmap with {bits} bits and compression {compression} cannot be decoded.");
        }
    }

    // Three masks follow the first 40 bytes of the header, whether they count as part of it or not.
    private static void ReadMasks(ref ImageBytes bytes, scoped Span<uint> masks, int bits, int compression)
    {
        if (compression is Masks or MasksWithAlpha)
        {
            for (int i = 0; i < 3; i++)
            {
                masks[i] = bytes.U32();
            }
        }
        else if (bits == 16)
        {
            (masks[0], masks[1], masks[2]) = (0x7C00, 0x3E0, 0x1F);
        }
        else
        {
            (masks[0], masks[1], masks[2]) = (0xFF0000, 0xFF00, 0xFF);
        }
    }

    private static long PaletteBytes(int bits, long colours, bool isOld, long room)
    {
        int most = 1 << bits;
        long bytes = (colours == 0 || colours > most ? most : colours) * (isOld ? 3 : 4);
        return Math.Clamp(room, 0, bytes);
    }

    private static void ReadRow(Raster image, int y, ReadOnlySpan<byte> row, int bits, ReadOnlySpan<byte> palette, bool isOld, ReadOnlySpan<uint> masks)
    {
        for (int x = 0; x < image.Width; x++)
        {
            switch (bits)
            {
                case <= 8:
                    int shift = 8 - bits - (x * bits % 8);
                    SetIndexed(image, x, y, (row[(int)((long)x * bits / 8)] >> shift) & ((1 << bits) - 1), palette, isOld);
                    break;
                case 24:
                    image.Set(x, y, row[(x * 3) + 2], row[(x * 3) + 1], row[x * 3]);
                    break;
                case 16:
                    uint word = (uint)((row[(x * 2) + 1] << 8) | row[x * 2]);
                    image.Set(x, y, Masked(word, masks[0]), Masked(word, masks[1]), Masked(word, masks[2]));
                    break;
                default:
                    uint pixel = (uint)((row[(x * 4) + 3] << 24) | (row[(x * 4) + 2] << 16) | (row[(x * 4) + 1] << 8) | row[x * 4]);
                    image.Set(x, y, Masked(pixel, masks[0]), Masked(pixel, masks[1]), Masked(pixel, masks[2]));
                    break;
            }
        }
    }

    private static byte Masked(uint pixel, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        int shift = BitOperations.TrailingZeroCount(mask);
        return (byte)((ulong)((pixel & mask) >> shift) * 255 / (mask >> shift));
    }

    // A colour that the palette lacks is black.
    private static void SetIndexed(Raster image, int x, int y, int index, ReadOnlySpan<byte> palette, bool isOld)
    {
        int at = index * (isOld ? 3 : 4);
        if (at + 2 < palette.Length)
        {
            image.Set(x, y, palette[at + 2], palette[at + 1], palette[at]);
        }
    }
}
