using System;

namespace ModelBuild.Kernels;

/// <summary>Lossless WebP. https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification</summary>
internal static class Vp8LImage
{
    private const int Signature = 0x2F;

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        BitsLittle bits = new(stream);
        int signature = bits.Read(8);
        (int width, int height) = (bits.Read(14) + 1, bits.Read(14) + 1);

        // Whether transparency is used says nothing about the data.
        bits.Read(1);
        int version = bits.Read(3);
        if (signature != Signature || version != 0)
        {
            throw new FormatException("The lossless WebP image has an unknown header.");
        }

        Raster image = new(width, height);
        Vp8LTransform?[] transforms = new Vp8LTransform?[4];
        int count = 0;
        int storedWidth = width;
        while (bits.Read(1) == 1)
        {
            Vp8LTransform transform = Vp8LTransform.Read(ref bits, ref storedWidth, height);
            for (int i = 0; i < count; i++)
            {
                if (transforms[i]!.Kind == transform.Kind)
                {
                    throw new FormatException("The lossless WebP image has a transform twice.");
                }
            }

            transforms[count++] = transform;
        }

        uint[] pixels = Vp8LPixels.Read(ref bits, storedWidth, height, isMain: true);
        while (count > 0)
        {
            pixels = transforms[--count]!.Undo(pixels, height);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            Span<byte> pixel = image.Pixels.AsSpan(i * 3, 3);
            (pixel[0], pixel[1], pixel[2]) = ((byte)(pixels[i] >> 16), (byte)(pixels[i] >> 8), (byte)pixels[i]);
        }

        return image;
    }
}
