using System;

namespace ModelBuild.Kernels;

/// <summary>WebP, lossy and lossless; of an animation the first frame. Transparency is left out. https://developers.google.com/speed/webp/docs/riff_container</summary>
internal static class WebPImage
{
    /// <summary>Whether a stream is WebP.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> stream) => stream.StartsWith("RIFF"u8) && stream.Length >= 12 && stream.Slice(8, 4).SequenceEqual("WEBP"u8);

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        ImageBytes bytes = new(stream, isBigEndian: false);
        bytes.Skip(12);
        Raster? canvas = null;
        while (bytes.Remaining >= 8)
        {
            ReadOnlySpan<byte> kind = bytes.Take(4);
            long size = bytes.U32();
            ReadOnlySpan<byte> chunk = bytes.Take(size);
            bytes.Skip(Math.Min(size % 2, bytes.Remaining));
            if (kind.SequenceEqual("VP8 "u8))
            {
                return Vp8Frame.Read(chunk);
            }

            if (kind.SequenceEqual("VP8L"u8))
            {
                return Vp8LImage.Read(chunk);
            }

            ImageBytes content = new(chunk, isBigEndian: false);
            if (kind.SequenceEqual("VP8X"u8) && (content.Byte() & 2) != 0)
            {
                content.Skip(3);
                canvas = new Raster(content.U24() + 1, content.U24() + 1);
            }
            else if (kind.SequenceEqual("ANMF"u8) && canvas is not null)
            {
                (int left, int top) = (content.U24() * 2, content.U24() * 2);
                content.Skip(10);
                Place(canvas, ReadFrame(ref content), left, top);
                return canvas;
            }
        }

        throw new FormatException("The WebP file has no image.");
    }

    private static Raster ReadFrame(ref ImageBytes bytes)
    {
        while (true)
        {
            ReadOnlySpan<byte> kind = bytes.Take(4);
            long size = bytes.U32();
            ReadOnlySpan<byte> chunk = bytes.Take(size);
            bytes.Skip(Math.Min(size % 2, bytes.Remaining));
            if (kind.SequenceEqual("VP8 "u8))
            {
                return Vp8Frame.Read(chunk);
            }

            if (kind.SequenceEqual("VP8L"u8))
            {
                return Vp8LImage.Read(chunk);
            }
        }
    }

    private static void Place(Raster canvas, Raster frame, int left, int top)
    {
        for (int y = 0; y < frame.Height; y++)
        {
            frame.Row(y).CopyTo(canvas.Row(top + y)[(left * 3)..]);
        }
    }
}
