using System;

namespace ModelBuild.Kernels;

/// <summary>A transform of a lossless WebP image that is undone after decoding.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Width">Pixels in a row, once it has been undone.</param>
/// <param name="Bits">The size of tiles, or how many pixels share one, as a power of 2.</param>
/// <param name="Data">The pixels that describe it.</param>
internal sealed record Vp8LTransform(int Kind, int Width, int Bits, uint[] Data)
{
    private const int Prediction = 0;
    private const int ColourChange = 1;
    private const int LessGreen = 2;
    private const int Palette = 3;

    /// <summary>Reads a transform.</summary>
    /// <param name="bits">Where it begins.</param>
    /// <param name="width">Pixels in a row; a palette can put several into one.</param>
    /// <param name="height">Rows.</param>
    public static Vp8LTransform Read(ref BitsLittle bits, ref int width, int height)
    {
        int kind = bits.Read(2);
        int before = width;
        if (kind == LessGreen)
        {
            return new Vp8LTransform(kind, before, 0, []);
        }

        if (kind != Palette)
        {
            int tileBits = bits.Read(3) + 2;
            return new Vp8LTransform(kind, before, tileBits, Vp8LPixels.Read(ref bits, Vp8LPixels.Tiles(before, tileBits), Vp8LPixels.Tiles(height, tileBits), isMain: false));
        }

        int colours = bits.Read(8) + 1;
        uint[] stored = Vp8LPixels.Read(ref bits, colours, 1, isMain: false);

        // Colours that do not exist are transparent black.
        uint[] palette = new uint[256];
        uint last = 0;
        for (int i = 0; i < colours; i++)
        {
            palette[i] = last = Add(stored[i], last);
        }

        int shared = colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0;
        width = Vp8LPixels.Tiles(width, shared);
        return new Vp8LTransform(kind, before, shared, palette);
    }

    /// <summary>The image as it was.</summary>
    public uint[] Undo(uint[] pixels, int height)
    {
        switch (Kind)
        {
            case Prediction:
                UndoPrediction(pixels, height);
                return pixels;
            case ColourChange:
                UndoColourChange(pixels);
                return pixels;
            case LessGreen:
                for (int i = 0; i < pixels.Length; i++)
                {
                    uint green = (pixels[i] >> 8) & 255;
                    pixels[i] = Add(pixels[i], (green << 16) | green);
                }

                return pixels;
            default:
                return UndoPalette(pixels, height);
        }
    }

    private void UndoPrediction(uint[] pixels, int height)
    {
        int columns = Vp8LPixels.Tiles(Width, Bits);
        for (int i = 0; i < Width * height; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            uint predicted = (x, y) == (0, 0) ? 0xFF000000
                : y == 0 ? pixels[i - 1]
                : x == 0 ? pixels[i - Width]
                : Predict((int)(Data[((y >> Bits) * columns) + (x >> Bits)] >> 8) & 15, pixels[i - 1], pixels[i - Width - 1], pixels[i - Width], pixels[i - Width + 1]);
            pixels[i] = Add(pixels[i], predicted);
        }
    }

    private static uint Predict(int mode, uint left, uint corner, uint above, uint right) => mode switch
    {
        1 => left,
        2 => above,
        3 => right,
        4 => corner,
        5 => Average(Average(left, right), above),
        6 => Average(left, corner),
        7 => Average(left, above),
        8 => Average(corner, above),
        9 => Average(above, right),
        10 => Average(Average(left, corner), Average(above, right)),
        11 => Distance(corner, above) < Distance(corner, left) ? left : above,
        12 => ByChannel(left, above, corner, isHalf: false),
        13 => ByChannel(Average(left, above), 0, corner, isHalf: true),
        _ => 0xFF000000,
    };

    private void UndoColourChange(uint[] pixels)
    {
        int columns = Vp8LPixels.Tiles(Width, Bits);
        for (int i = 0; i < pixels.Length; i++)
        {
            uint factors = Data[((i / Width >> Bits) * columns) + (i % Width >> Bits)];
            uint pixel = pixels[i];
            sbyte green = (sbyte)(pixel >> 8);
            int red = (int)(pixel >> 16) + (((sbyte)factors * green) >> 5);
            int blue = (int)pixel + (((sbyte)(factors >> 8) * green) >> 5) + (((sbyte)(factors >> 16) * (sbyte)red) >> 5);
            pixels[i] = (pixel & 0xFF00FF00) | (uint)((red & 255) << 16) | (uint)(blue & 255);
        }
    }

    // Several pixels share the green of one, the first in the lowest bits.
    private uint[] UndoPalette(uint[] pixels, int height)
    {
        uint[] result = new uint[Width * height];
        int columns = Vp8LPixels.Tiles(Width, Bits);
        int size = 8 >> Bits;
        for (int i = 0; i < result.Length; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            uint green = (pixels[(y * columns) + (x >> Bits)] >> 8) & 255;
            int place = x & ((1 << Bits) - 1);
            result[i] = Data[(green >> (place * size)) & ((1u << size) - 1)];
        }

        return result;
    }

    // Each channel for itself, without what is carried.
    private static uint Add(uint a, uint b) => unchecked((((a & 0xFF00FF00) + (b & 0xFF00FF00)) & 0xFF00FF00) | (((a & 0x00FF00FF) + (b & 0x00FF00FF)) & 0x00FF00FF));

    private static uint Average(uint a, uint b) => (((a ^ b) & 0xFEFEFEFE) >> 1) + (a & b);

    private static int Distance(uint a, uint b)
    {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            sum += Math.Abs((int)((a >> shift) & 255) - (int)((b >> shift) & 255));
        }

        return sum;
    }

    // a + b - c, or a and half of what it is more than c.
    private static uint ByChannel(uint a, uint b, uint c, bool isHalf)
    {
        uint result = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            (int x, int y, int z) = ((int)(a >> shift) & 255, (int)(b >> shift) & 255, (int)(c >> shift) & 255);
            result |= (uint)Math.Clamp(isHalf ? x + ((x - z) / 2) : x + y - z, 0, 255) << shift;
        }

        return result;
    }
}
