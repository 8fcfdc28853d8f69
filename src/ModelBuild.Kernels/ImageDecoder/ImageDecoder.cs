using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ImageDecoder. The first bytes of a stream tell its format. What the decoders need besides the pixels depends on the stream, so they allocate.
/// A stream can be anything: whatever is wrong with it ends in <see cref="FormatException"/>, and what is allocated is bounded by <see cref="Raster.MostPixels"/>.
/// </summary>
internal static class ImageDecoder
{
    /// <summary>The channels of a pixel: red, green, blue.</summary>
    public const int Rgb = 0;

    /// <summary>The channels of a pixel: blue, green, red.</summary>
    public const int Bgr = 1;

    /// <summary>One channel, the luma of ITU-R BT.601.</summary>
    public const int Grayscale = 2;

    /// <summary>
    /// Height and width of the image, zeros where the stream cannot be decoded: the operator's result is then empty. That is certain only when all of it has been decoded.
    /// </summary>
    public static void Size(ReadOnlySpan<byte> stream, Span<long> size)
    {
        (size[0], size[1]) = (0, 0);
        try
        {
            Raster image = Read(stream);
            (size[0], size[1]) = (image.Height, image.Width);
        }
        catch (FormatException)
        {
            // The specification wants an empty result for whatever cannot be decoded.
        }
    }

    /// <summary>The image.</summary>
    /// <param name="stream">An encoded image.</param>
    /// <param name="image">[height, width, channels] as <see cref="Size"/> says.</param>
    /// <param name="pixelFormat"><see cref="Rgb"/>, <see cref="Bgr"/> or <see cref="Grayscale"/>.</param>
    public static void Run(ReadOnlySpan<byte> stream, Span<byte> image, int pixelFormat)
    {
        if (image.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> pixels = Read(stream).Pixels;
        if (pixelFormat == Rgb)
        {
            pixels.CopyTo(image);
            return;
        }

        for (int from = 0, to = 0; from < pixels.Length; from += 3)
        {
            (byte red, byte green, byte blue) = (pixels[from], pixels[from + 1], pixels[from + 2]);
            if (pixelFormat == Bgr)
            {
                (image[to], image[to + 1], image[to + 2]) = (blue, green, red);
                to += 3;
            }
            else
            {
                // 0.299, 0.587 and 0.114 in units of 1/65536: their sum is 1, so gray stays as it is.
                image[to++] = (byte)(((red * 19595) + (green * 38470) + (blue * 7471) + 0x8000) >> 16);
            }
        }
    }

    /// <summary>Decodes a stream of any format.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        try
        {
            return Decode(stream);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            // The decoders leave it to the bounds of spans to notice a reference to what is not there.
            throw new FormatException("The image is damaged: it refers to something outside of it.", exception);
        }
    }

    private static Raster Decode(ReadOnlySpan<byte> stream) =>
        stream.StartsWith("BM"u8) ? BmpImage.Read(stream)
        : stream.StartsWith(PngImage.Signature) ? PngImage.Read(stream)
        : stream.StartsWith(JpegImage.Signature) ? JpegImage.Read(stream)
        : stream.StartsWith("II*\0"u8) || stream.StartsWith("MM\0*"u8) ? TiffImage.Read(stream)
        : WebPImage.IsKnown(stream) ? WebPImage.Read(stream)
        : J2kImage.IsKnown(stream) ? J2kImage.Read(stream)
        : stream is [(byte)'P', >= (byte)'1' and <= (byte)'6', ..] ? PnmImage.Read(stream)
        : throw new FormatException("The image has none of the known formats.");
}
