using System;

namespace ModelBuild.Kernels;

/// <summary>JPEG 2000 (ITU-T T.800): a JP2 file or the codestream alone. Gray, RGB, sYCC and palettes; other channels are left out.</summary>
internal sealed class J2kImage
{
    private const int Sycc = 18;

    private byte[] _palette = [];
    private byte[] _map = [];
    private int _colourSpace;

    private static ReadOnlySpan<byte> Signature => [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 13, 10, 0x87, 10];

    /// <summary>Whether a stream is JPEG 2000.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> stream) => stream.StartsWith(Signature) || stream.StartsWith(J2kCodestream.Signature);

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        J2kImage image = new();
        return image.Convert(stream.StartsWith(J2kCodestream.Signature) ? J2kCodestream.Read(stream) : image.Boxes(stream));
    }

    private J2kPlane[] Boxes(ReadOnlySpan<byte> stream)
    {
        ImageBytes bytes = new(stream, isBigEndian: true);
        while (bytes.Remaining > 0)
        {
            ReadOnlySpan<byte> content = Box(ref bytes, out ReadOnlySpan<byte> kind);
            if (kind.SequenceEqual("jp2c"u8))
            {
                return J2kCodestream.Read(content);
            }

            if (kind.SequenceEqual("jp2h"u8))
            {
                Header(content);
            }
        }

        throw new FormatException("The JPEG 2000 file has no codestream.");
    }

    private static ReadOnlySpan<byte> Box(ref ImageBytes bytes, out ReadOnlySpan<byte> kind)
    {
        long size = bytes.U32();
        kind = bytes.Take(4);
        if (size == 1)
        {
            // Sizes of 64 bits; no file has more than the low 32.
            size = bytes.U32() == 0 ? bytes.U32() - 8L : long.MaxValue;
        }

        return size == 0 ? bytes.TakeRest() : bytes.Take(size - 8);
    }

    private void Header(ReadOnlySpan<byte> boxes)
    {
        ImageBytes bytes = new(boxes, isBigEndian: true);
        while (bytes.Remaining > 0)
        {
            ReadOnlySpan<byte> content = Box(ref bytes, out ReadOnlySpan<byte> kind);
            if (kind.SequenceEqual("colr"u8) && content is [1, _, _, _, _, _, var space, ..])
            {
                _colourSpace = space;
            }
            else if (kind.SequenceEqual("pclr"u8))
            {
                _palette = content.ToArray();
            }
            else if (kind.SequenceEqual("cmap"u8))
            {
                _map = content.ToArray();
            }
        }
    }

    private Raster Convert(J2kPlane[] planes)
    {
        (int width, int height) = (planes[0].ImageWidth, planes[0].ImageHeight);
        Raster image = new(width, height);
        bool isMapped = _palette.Length > 0 && _map.Length > 0;
        int channels = isMapped ? _map.Length / 4 : planes.Length;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                byte first = Sample(0);
                if (channels < 3)
                {
                    image.Set(x, y, first);
                    continue;
                }

                (byte second, byte third) = (Sample(1), Sample(2));
                if (_colourSpace == Sycc)
                {
                    JpegColours.FromYCbCr(first, second, third, out int red, out int green, out int blue);
                    image.Set(x, y, (byte)red, (byte)green, (byte)blue);
                }
                else
                {
                    image.Set(x, y, first, second, third);
                }

                byte Sample(int channel) => isMapped ? Mapped(planes, channel, x, y) : planes[channel].Sample(x, y);
            }
        }

        return image;
    }

    // A row of the map is a component, how it is used, and a column of the palette, which begins with the number of rows and of columns, and the bits of each column.
    private byte Mapped(J2kPlane[] planes, int channel, int x, int y)
    {
        J2kPlane plane = planes[(_map[channel * 4] << 8) | _map[(channel * 4) + 1]];
        if (_map[(channel * 4) + 2] == 0)
        {
            return plane.Sample(x, y);
        }

        int columns = _palette[2];
        for (int i = 0; i < columns; i++)
        {
            if (_palette[3 + i] != 7)
            {
                throw new FormatException("A JPEG 2000 palette of other than 8 bits cannot be decoded.");
            }
        }

        int rows = (_palette[0] << 8) | _palette[1];
        return _palette[3 + columns + (Math.Min(plane.Index(x, y), rows - 1) * columns) + _map[(channel * 4) + 3]];
    }
}
