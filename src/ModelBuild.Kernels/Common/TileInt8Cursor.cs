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
        nint stride = shape.PixelStride;
        nint last = 0;
        int i = 0;
        while (i < count)
        {
            // What is left of a line, or of the tile; in registers, not in fields.
            nint next = offset;
            int end = i + int.Min(count - i, pixelsLeft);
            pixelsLeft -= end - i;
            for (; i <= end - 4; i += 4)
            {
                Unsafe.Add(ref offsets, i) = next;
                Unsafe.Add(ref offsets, i + 1) = next + stride;
                Unsafe.Add(ref offsets, i + 2) = next + (2 * stride);
                Unsafe.Add(ref offsets, i + 3) = next + (3 * stride);
                next += 4 * stride;
            }

            for (; i < end; i++)
            {
                Unsafe.Add(ref offsets, i) = next;
                next += stride;
            }

            last = next - stride;
            offset = next;
            if (pixelsLeft == 0)
            {
                NextLine(shape);
            }
        }

        for (i = count; i < capacity; i++)
        {
            Unsafe.Add(ref offsets, i) = last;
        }
    }

    /// <summary>As <see cref="Take"/>, with the four offsets of each of <paramref name="count"/> pixels that are pooled; <paramref name="capacity"/> counts offsets.</summary>
    [MethodImpl(HotLoop.Options)]
    public void TakeWindows(ref nint offsets, int count, int capacity, in TileInt8Shape shape)
    {
        nint right = shape.PixelStride / 2;
        nint below = shape.LineStride / 2;
        int i = 0;
        for (int pixel = 0; pixel < count; pixel++, i += 4)
        {
            Unsafe.Add(ref offsets, i) = offset;
            Unsafe.Add(ref offsets, i + 1) = offset + right;
            Unsafe.Add(ref offsets, i + 2) = offset + below;
            Unsafe.Add(ref offsets, i + 3) = offset + below + right;
            offset += shape.PixelStride;
            if (--pixelsLeft == 0)
            {
                NextLine(shape);
            }
        }

        for (; i < capacity; i++)
        {
            Unsafe.Add(ref offsets, i) = Unsafe.Add(ref offsets, i - 1);
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
