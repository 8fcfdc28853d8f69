using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Walks over output pixels and says where each starts to read; a division per pixel would cost as much as a small tile.</summary>
internal struct TileInt8Cursor
{
    private nint offset;
    private nint line;
    private nint image;
    private int pixelsLeft;
    private int linesLeft;

    public TileInt8Cursor(in TileInt8Shape shape, int pixel)
    {
        (int lines, int pixelInLine) = int.DivRem(pixel, shape.Pixels);
        (int images, int lineInImage) = int.DivRem(lines, shape.Lines);
        image = (nint)images * shape.ImageStride;
        line = image + ((nint)lineInImage * shape.LineStride);
        offset = line + ((nint)pixelInLine * shape.PixelStride);
        pixelsLeft = shape.Pixels - pixelInLine;
        linesLeft = shape.Lines - lineInImage;
    }

    /// <summary>
    /// Writes the offsets of the next <paramref name="count"/> pixels and steps over them; offsets up to <paramref name="capacity"/> repeat the last pixel, so
    /// that a tile that is not full still reads valid memory.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    public void Take(ref nint offsets, int count, int capacity, in TileInt8Shape shape)
    {
        nint last = 0;
        int i = 0;
        for (; i <= count - 4 && pixelsLeft > 4; i += 4)
        {
            // Four pixels of a line that goes on.
            nint stride = shape.PixelStride;
            Unsafe.Add(ref offsets, i) = offset;
            Unsafe.Add(ref offsets, i + 1) = offset + stride;
            Unsafe.Add(ref offsets, i + 2) = offset + (2 * stride);
            last = offset + (3 * stride);
            Unsafe.Add(ref offsets, i + 3) = last;
            offset = last + stride;
            pixelsLeft -= 4;
        }

        for (; i < count; i++)
        {
            last = offset;
            Unsafe.Add(ref offsets, i) = last;
            offset += shape.PixelStride;
            if (--pixelsLeft == 0)
            {
                NextLine(shape);
            }
        }

        for (i = count; i < capacity; i++)
        {
            Unsafe.Add(ref offsets, i) = last;
        }
    }

    private void NextLine(in TileInt8Shape shape)
    {
        pixelsLeft = shape.Pixels;
        line += shape.LineStride;
        if (--linesLeft == 0)
        {
            linesLeft = shape.Lines;
            image += shape.ImageStride;
            line = image;
        }

        offset = line;
    }
}
