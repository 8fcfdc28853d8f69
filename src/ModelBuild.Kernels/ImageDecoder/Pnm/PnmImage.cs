using System;

namespace ModelBuild.Kernels;

/// <summary>Portable bitmaps, graymaps and pixmaps, as text (P1 to P3) or binary (P4 to P6). https://netpbm.sourceforge.net/doc/pnm.html</summary>
internal static class PnmImage
{
    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        int kind = stream[1] - '0';
        ImageBytes bytes = new(stream, isBigEndian: true);
        bytes.Skip(2);
        int width = Number(ref bytes);
        int height = Number(ref bytes);
        bool isBits = kind is 1 or 4;
        int most = isBits ? 1 : Number(ref bytes);
        if (most is 0 or > 65535)
        {
            throw new FormatException($"A portable image cannot have {most} as its largest number.");
        }

        // Every sample takes a bit at least.
        int channels = kind is 3 or 6 ? 3 : 1;
        Raster.Check(width, height);
        if ((long)width * height * channels / 8 > bytes.Remaining)
        {
            throw new FormatException($"A portable image of {width}x{height} pixels cannot have {bytes.Remaining} bytes.");
        }

        Raster image = new(width, height);
        Span<byte> pixel = stackalloc byte[3];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> packed = kind == 4 ? bytes.Take((width + 7) / 8) : default;
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int sample = kind switch
                    {
                        1 => Bit(ref bytes),
                        4 => (packed[x / 8] >> (7 - (x % 8))) & 1,
                        2 or 3 => Number(ref bytes),
                        _ => most > 255 ? bytes.U16() : bytes.Byte(),
                    };

                    // A bit that is set is black.
                    pixel[channel] = isBits ? (byte)(sample == 0 ? 255 : 0) : Scale(sample, most);
                }

                image.Set(x, y, pixel[0], pixel[channels == 3 ? 1 : 0], pixel[channels == 3 ? 2 : 0]);
            }
        }

        return image;
    }

    // Half to even.
    private static byte Scale(int sample, int most) => (byte)(most == 255 ? Math.Min(sample, 255) : Math.Min(255, Math.Round((double)sample / most * 255)));

    // A digit of a bitmap as text, which need not be separated from the next.
    private static int Bit(ref ImageBytes bytes)
    {
        int found = AfterSpace(ref bytes);
        return found is '0' or '1' ? found - '0' : throw new FormatException($"A portable bitmap cannot have the byte {found} as a pixel.");
    }

    // A decimal number, and the one character of white space or the comment behind it.
    private static int Number(ref ImageBytes bytes)
    {
        int digit = AfterSpace(ref bytes);
        if (digit is < '0' or > '9')
        {
            throw new FormatException($"A portable image cannot have the byte {digit} in a number.");
        }

        int number = 0;
        while (digit is >= '0' and <= '9')
        {
            number = checked((number * 10) + digit - '0');
            digit = bytes.Remaining > 0 ? bytes.Byte() : ' ';
        }

        SkipComment(ref bytes, digit);
        return number;
    }

    private static int AfterSpace(ref ImageBytes bytes)
    {
        int found = bytes.Byte();
        while (IsSpace(found) || found == '#')
        {
            SkipComment(ref bytes, found);
            found = bytes.Byte();
        }

        return found;
    }

    // To the end of the line.
    private static void SkipComment(ref ImageBytes bytes, int first)
    {
        while (first == '#' && bytes.Byte() is not ('\n' or '\r'))
        {
        }
    }

    private static bool IsSpace(int found) => found is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';
}
