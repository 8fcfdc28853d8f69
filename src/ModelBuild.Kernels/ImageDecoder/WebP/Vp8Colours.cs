using System;

namespace ModelBuild.Kernels;

/// <summary>Makes pixels of brightness and colour, which has half the rows and columns: each pixel takes 9, 3, 3 and 1 sixteenths of the four nearest samples, with the rounding of libwebp.</summary>
internal static class Vp8Colours
{
    /// <summary>The image.</summary>
    public static Raster Convert(Vp8Plane y, Vp8Plane u, Vp8Plane v, int width, int height)
    {
        Raster image = new(width, height);
        (int chromaWidth, int chromaHeight) = ((width + 1) / 2, (height + 1) / 2);
        for (int row = 0; row < height; row++)
        {
            // The nearer row of colour, and the one on the other side; at the edges the same.
            int other = Math.Clamp((row / 2) + (row % 2 == 0 ? -1 : 1), 0, chromaHeight - 1);
            ReadOnlySpan<byte> nearU = u.Row(row / 2, chromaWidth), farU = u.Row(other, chromaWidth);
            ReadOnlySpan<byte> nearV = v.Row(row / 2, chromaWidth), farV = v.Row(other, chromaWidth);
            ReadOnlySpan<byte> luma = y.Row(row, width);
            Span<byte> pixels = image.Row(row);
            for (int x = 0; x < width; x++)
            {
                int side = Math.Clamp((x / 2) + (x % 2 == 0 ? -1 : 1), 0, chromaWidth - 1);
                SetPixel(pixels.Slice(x * 3, 3), luma[x], Sample(nearU, farU, x / 2, side), Sample(nearV, farV, x / 2, side));
            }
        }

        return image;
    }

    // At the edges two samples are left, of which it takes three quarters and one.
    private static int Sample(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int x, int side)
    {
        (int a, int b, int c, int d) = (near[x], near[side], far[x], far[side]);
        if (side == x)
        {
            return ((3 * a) + c + 2) >> 2;
        }

        int diagonal = (a + b + c + d + 8 + (2 * (b + c))) >> 3;
        return (diagonal + a) >> 1;
    }

    // ITU-R BT.601 with 14 bits behind the point, of which 8 are lost at each product.
    private static void SetPixel(Span<byte> pixel, int y, int u, int v)
    {
        int luma = (y * 19077) >> 8;
        pixel[0] = Limit(luma + ((v * 26149) >> 8) - 14234);
        pixel[1] = Limit(luma - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708);
        pixel[2] = Limit(luma + ((u * 33050) >> 8) - 17685);
    }

    private static byte Limit(int value) => (byte)Math.Clamp(value >> 6, 0, 255);
}
