using System;

namespace ModelBuild.Kernels;

/// <summary>A decoded image. Gray ones have three equal channels too, and transparency is left out.</summary>
internal sealed class Raster
{
    /// <summary>The most pixels that an image may have. A few bytes can claim any size, and this one still takes half a gigabyte.</summary>
    public const int MostPixels = 178_956_970;

    /// <exception cref="FormatException">It has no pixels, or too many.</exception>
    public Raster(long width, long height)
    {
        Check(width, height);
        Width = (int)width;
        Height = (int)height;
        Pixels = new byte[Width * Height * 3];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width, 3]: red, green, blue.</summary>
    public byte[] Pixels { get; }

    /// <summary>One row: [width, 3].</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>Sets a pixel.</summary>
    public void Set(int x, int y, byte red, byte green, byte blue)
    {
        Span<byte> pixel = Pixels.AsSpan(((y * Width) + x) * 3, 3);
        (pixel[0], pixel[1], pixel[2]) = (red, green, blue);
    }

    /// <summary>Sets a pixel to a shade of gray.</summary>
    public void Set(int x, int y, byte gray) => Set(x, y, gray, gray, gray);

    /// <summary>Refuses a size before anything is allocated for it.</summary>
    /// <exception cref="FormatException">There are no pixels, or too many.</exception>
    public static void Check(long width, long height)
    {
        if (width <= 0 || height <= 0 || width > MostPixels || height > MostPixels || width * height > MostPixels)
        {
            throw new FormatException($"An image of {width}x{height} pixels cannot be decoded: it must have 1 to {MostPixels}.");
        }
    }

    /// <summary>A sample of any number of bits up to 16 as one of 8: all ones stay all ones, and of 16 bits the high byte counts.</summary>
    public static byte Widen(int sample, int bits) => (byte)(bits == 16 ? sample >> 8 : bits == 8 ? sample : sample * 255 / ((1 << bits) - 1));
}
