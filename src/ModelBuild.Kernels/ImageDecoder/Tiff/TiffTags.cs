using System;

namespace ModelBuild.Kernels;

/// <summary>The fields of the first image of a TIFF file that its pixels depend on, with the defaults of the specification.</summary>
internal sealed class TiffTags
{
    private const int MostTag = 339;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Bits of a sample, the same for all.</summary>
    public int Bits { get; private set; } = 1;

    public int Compression { get; private set; } = 1;

    public int Photometric { get; private set; } = -1;

    public int Samples { get; private set; } = 1;

    /// <summary>Whether samples of one kind come together, kind after kind.</summary>
    public bool IsPlanar { get; private set; }

    public int Predictor { get; private set; } = 1;

    /// <summary>Whether the lowest bit of a byte is the first.</summary>
    public bool IsReversed { get; private set; }

    /// <summary>Where in the picture the first row and column are, 1 to 8; 1 is top and left.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>Red, green and blue of all colours, 16 bits each; first all red.</summary>
    public int[] Palette { get; private set; } = [];

    /// <summary>Columns of a tile; those of the image for strips.</summary>
    public int TileWidth { get; private set; }

    public int TileHeight { get; private set; }

    /// <summary>Where the tiles or strips are.</summary>
    public int[] Offsets { get; private set; } = [];

    /// <summary>How many bytes they have.</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>Whether there are tiles instead of strips.</summary>
    public bool IsTiled { get; private set; }

    /// <summary>Reads the first directory.</summary>
    public static TiffTags Read(ref ImageBytes bytes)
    {
        TiffTags tags = new();
        bool[] isRead = new bool[MostTag + 1];
        bytes.Seek(4);
        bytes.Seek(bytes.U32());
        int count = bytes.U16();
        for (int i = 0; i < count; i++)
        {
            tags.ReadTag(ref bytes, isRead);
        }

        Raster.Check(tags.Width, tags.Height);
        if (!tags.IsTiled)
        {
            tags.TileWidth = tags.Width;
            tags.TileHeight = tags.TileHeight <= 0 ? tags.Height : Math.Min(tags.TileHeight, tags.Height);
        }

        Raster.Check(tags.TileWidth, tags.TileHeight);
        return tags;
    }

    private void ReadTag(ref ImageBytes bytes, bool[] isRead)
    {
        int tag = bytes.U16();

        // Each field once, so that the work is bounded by the file.
        if (tag > MostTag || isRead[tag])
        {
            bytes.Skip(10);
            return;
        }

        isRead[tag] = true;
        int type = bytes.U16();
        long count = bytes.U32();
        int[] values = ReadValues(ref bytes, type, count);
        if (values.Length == 0)
        {
            return;
        }

        int first = values[0];
        switch (tag)
        {
            case 256:
                Width = first;
                break;
            case 257:
                Height = first;
                break;
            case 258:
                Bits = Array.TrueForAll(values, value => value == first) ? first : throw new FormatException("A TIFF image with samples of different sizes cannot be decoded.");
                break;
            case 259:
                Compression = first;
                break;
            case 262:
                Photometric = first;
                break;
            case 266:
                IsReversed = first == 2;
                break;
            case 273 or 324:
                Offsets = values;
                IsTiled |= tag == 324;
                break;
            case 274:
                Orientation = first is >= 1 and <= 8 ? first : 1;
                break;
            case 277:
                Samples = first is >= 1 and <= 16 ? first : throw new FormatException($"A TIFF image with {first} samples a pixel cannot be decoded.");
                break;
            case 278:
                TileHeight = IsTiled ? TileHeight : first;
                break;
            case 279 or 325:
                Lengths = values;
                break;
            case 284:
                IsPlanar = first == 2;
                break;
            case 317:
                Predictor = first;
                break;
            case 320:
                Palette = values;
                break;
            case 322:
                TileWidth = first;
                IsTiled = true;
                break;
            case 323:
                TileHeight = first;
                break;
            case 339 when first != 1:
                throw new FormatException("A TIFF image of samples that are no unsigned integers cannot be decoded.");
            default:
                break;
        }
    }

    // Bytes, words and double words; of what has another type no values. Up to four bytes are where the position of more would be.
    private static int[] ReadValues(ref ImageBytes bytes, int type, long count)
    {
        int size = type switch
        {
            1 => 1,
            3 => 2,
            4 => 4,
            _ => 0,
        };
        int next = bytes.Position + 4;
        if (size == 0)
        {
            bytes.Seek(next);
            return [];
        }

        if (count * size > 4)
        {
            bytes.Seek(bytes.U32());
        }

        if (count * size > bytes.Remaining)
        {
            throw new FormatException($"A TIFF field of {count} values exceeds the file.");
        }

        int[] values = new int[count];
        for (int i = 0; i < values.Length; i++)
        {
            // What does not fit is no size and no position in the file.
            values[i] = size == 1 ? bytes.Byte() : size == 2 ? bytes.U16() : (int)Math.Min(bytes.U32(), int.MaxValue);
        }

        bytes.Seek(next);
        return values;
    }
}
