using System;

namespace ModelBuild.Kernels;

/// <summary>Reads the markers of a codestream and decodes its tiles (T.800, annex A). Regions of interest, changes of the order and packed headers are not decoded.</summary>
internal sealed class J2kCodestream
{
    private const int MostComponents = 16;

    private readonly J2kPlane[] _planes;
    private readonly J2kArea _image;
    private readonly J2kArea _firstTile;
    private readonly int _tilesAcross;
    private readonly J2kTileData?[] _tiles;
    private readonly J2kTileData _common;

    private J2kCodestream(ref ImageBytes bytes)
    {
        // Length and capabilities.
        bytes.Skip(4);
        (int x1, int y1, int x0, int y0) = (Size(ref bytes), Size(ref bytes), Size(ref bytes), Size(ref bytes));
        (int tileWidth, int tileHeight, int tileX, int tileY) = (Size(ref bytes), Size(ref bytes), Size(ref bytes), Size(ref bytes));
        int count = bytes.U16();
        _image = new J2kArea(x0, y0, x1, y1);
        Raster.Check(_image.Width, _image.Height);
        if (count is 0 or > MostComponents || tileWidth == 0 || tileHeight == 0 || tileX > x0 || tileY > y0 || (long)tileX + tileWidth <= x0 || (long)tileY + tileHeight <= y0)
        {
            throw new FormatException($"A JPEG 2000 image with {count} components and tiles of {tileWidth}x{tileHeight} at {tileX}, {tileY} cannot be decoded.");
        }

        // All components are held at once.
        Raster.Check((long)_image.Width * count, _image.Height);
        _firstTile = new J2kArea(tileX, tileY, (int)Math.Min(int.MaxValue, (long)tileX + tileWidth), (int)Math.Min(int.MaxValue, (long)tileY + tileHeight));
        _tilesAcross = Tiles(x1 - tileX, tileWidth);
        long tiles = (long)_tilesAcross * Tiles(y1 - tileY, tileHeight);
        if (tiles > 65535)
        {
            throw new FormatException($"A JPEG 2000 image cannot have {tiles} tiles.");
        }

        _tiles = new J2kTileData?[tiles];
        _common = new J2kTileData(count);
        _planes = new J2kPlane[count];
        for (int i = 0; i < count; i++)
        {
            int depth = bytes.Byte();
            (int stepX, int stepY) = (bytes.Byte(), bytes.Byte());
            int bits = (depth & 127) + 1;
            if (bits > 16 || stepX == 0 || stepY == 0)
            {
                throw new FormatException($"A JPEG 2000 component of {bits} bits at each {stepX}x{stepY} cannot be decoded.");
            }

            _planes[i] = new J2kPlane(_image, bits, depth > 127, stepX, stepY);
            if (_planes[i].Area.IsEmpty)
            {
                throw new FormatException("A JPEG 2000 component has no samples.");
            }
        }
    }

    /// <summary>The first two markers.</summary>
    public static ReadOnlySpan<byte> Signature => [0xFF, 0x4F, 0xFF, 0x51];

    /// <summary>Decodes a codestream.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static J2kPlane[] Read(ReadOnlySpan<byte> stream)
    {
        if (!stream.StartsWith(Signature))
        {
            throw new FormatException("The JPEG 2000 codestream has no header.");
        }

        ImageBytes bytes = new(stream, isBigEndian: true);
        bytes.Skip(4);
        J2kCodestream image = new(ref bytes);
        image.ReadTiles(ref bytes);
        return image._planes;
    }

    private void ReadTiles(ref ImageBytes bytes)
    {
        for (int marker = bytes.U16(); marker != 0xFFD9; marker = bytes.Remaining >= 2 ? bytes.U16() : 0xFFD9)
        {
            if (marker == 0xFF90)
            {
                ReadTilePart(ref bytes);
                continue;
            }

            ReadOnlySpan<byte> segment = bytes.Take(bytes.U16() - 2);
            _common.Segment(marker, segment);
        }

        for (int i = 0; i < _planes.Length; i++)
        {
            _planes[i].Allocate();
        }

        for (int i = 0; i < _tiles.Length; i++)
        {
            J2kTileData data = _tiles[i] ?? throw new FormatException($"The JPEG 2000 image lacks tile {i}.");
            new J2kTile(data, _planes, TileArea(i)).Decode();
            _tiles[i] = null;
        }
    }

    private void ReadTilePart(ref ImageBytes bytes)
    {
        int start = bytes.Position - 2;
        bytes.Skip(2);
        int index = bytes.U16();
        long length = bytes.U32();
        bytes.Skip(2);
        J2kTileData tile = _tiles[index] ??= new J2kTileData(_common);
        for (int marker = bytes.U16(); marker != 0xFF93; marker = bytes.U16())
        {
            tile.Segment(marker, bytes.Take(bytes.U16() - 2));
        }

        // A length of 0 means all that is left, before the marker of the end.
        long end = length == 0 ? bytes.Length - 2 : start + length;
        tile.Append(bytes.Take(end - bytes.Position));
    }

    private J2kArea TileArea(int index)
    {
        (long across, long down) = (index % _tilesAcross, index / _tilesAcross);
        (long x, long y) = (_firstTile.X0 + (across * _firstTile.Width), _firstTile.Y0 + (down * _firstTile.Height));
        return new J2kArea((int)x, (int)y, (int)Math.Min(int.MaxValue, x + _firstTile.Width), (int)Math.Min(int.MaxValue, y + _firstTile.Height)).And(_image);
    }

    private static int Size(ref ImageBytes bytes)
    {
        uint size = bytes.U32();
        return size <= int.MaxValue ? (int)size : throw new FormatException($"A JPEG 2000 image cannot have the size {size}.");
    }

    private static int Tiles(int size, int tile) => (int)(((long)size + tile - 1) / tile);
}
