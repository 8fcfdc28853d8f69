using System;

namespace ModelBuild.Kernels;

/// <summary>Makes pixels of components. Factors have 16 bits behind the point, as in libjpeg.</summary>
internal static class JpegColours
{
    /// <summary>The image.</summary>
    public static Raster Convert(JpegComponent[] components, int width, int height, JpegColourModel model)
    {
        Raster image = new(width, height);
        byte[][] samples = new byte[components.Length][];
        byte[][] rows = new byte[components.Length][];
        for (int i = 0; i < components.Length; i++)
        {
            samples[i] = JpegTransform.Run(components[i]);
            rows[i] = new byte[components[i].Width * components[i].ExpandX];
        }

        int[] sums = new int[width];
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < components.Length; i++)
            {
                JpegUpsampling.Row(components[i], samples[i], y, rows[i], sums);
            }

            Row(image.Row(y), rows, model);
        }

        return image;
    }

    private static void Row(Span<byte> pixels, byte[][] rows, JpegColourModel model)
    {
        for (int x = 0, to = 0; to < pixels.Length; x++, to += 3)
        {
            int first = rows[0][x];
            if (model == JpegColourModel.Gray)
            {
                pixels.Slice(to, 3).Fill((byte)first);
                continue;
            }

            (int red, int green, int blue) = (first, rows[1][x], rows[2][x]);
            if (model is JpegColourModel.YCbCr or JpegColourModel.Ycck)
            {
                FromYCbCr(first, green, blue, out red, out green, out blue);
            }

            if (model == JpegColourModel.Ycck)
            {
                (red, green, blue) = (255 - red, 255 - green, 255 - blue);
            }

            if (rows.Length == 4)
            {
                // Inks are stored inverted.
                int black = 255 - rows[3][x];
                (red, green, blue) = (Ink(255 - red, black), Ink(255 - green, black), Ink(255 - blue, black));
            }

            (pixels[to], pixels[to + 1], pixels[to + 2]) = ((byte)red, (byte)green, (byte)blue);
        }
    }

    /// <summary>Red, green and blue, of brightness and the differences of blue and red from it.</summary>
    public static void FromYCbCr(int y, int cb, int cr, out int red, out int green, out int blue)
    {
        (cb, cr) = (cb - 128, cr - 128);
        red = Math.Clamp(y + (((91881 * cr) + 32768) >> 16), 0, 255);
        green = Math.Clamp(y + (((-22554 * cb) - (46802 * cr) + 32768) >> 16), 0, 255);
        blue = Math.Clamp(y + (((116130 * cb) + 32768) >> 16), 0, 255);
    }

    /// <summary>What an ink and black leave of a colour of light, all in units of 1/255.</summary>
    public static int Ink(int ink, int black)
    {
        int product = (ink * (255 - black)) + 128;
        return 255 - black - (((product >> 8) + product) >> 8);
    }
}
