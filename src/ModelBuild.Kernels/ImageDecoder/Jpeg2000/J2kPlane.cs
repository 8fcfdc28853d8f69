using System;

namespace ModelBuild.Kernels;

/// <summary>A component of a JPEG 2000 image.</summary>
/// <param name="siz">Where the image lies on its grid.</param>
/// <param name="bits">Bits of a sample.</param>
/// <param name="isSigned">Whether zero is in the middle of the range.</param>
/// <param name="stepX">The columns of the grid from one sample to the next.</param>
/// <param name="stepY">The rows.</param>
internal sealed class J2kPlane(J2kArea siz, int bits, bool isSigned, int stepX, int stepY)
{
    public int ImageWidth => siz.Width;

    public int ImageHeight => siz.Height;

    public int Bits { get; } = bits;

    public int StepX { get; } = stepX;

    public int StepY { get; } = stepY;

    /// <summary>Where the component lies on its own grid.</summary>
    public J2kArea Area { get; } = siz.Reduce(stepX, stepY);

    /// <summary>Samples from zero on.</summary>
    public ushort[] Samples { get; private set; } = [];

    public void Allocate() => Samples = new ushort[checked(Area.Width * Area.Height)];

    /// <summary>Stores a sample, which decoding leaves with zero in the middle.</summary>
    public void Set(int x, int y, int value)
    {
        int half = 1 << (Bits - 1);
        Samples[((y - Area.Y0) * Area.Width) + x - Area.X0] = (ushort)Math.Clamp(value + half, 0, (2 * half) - 1);
    }

    /// <summary>The sample for a pixel as it is, for example as an index.</summary>
    public int Index(int x, int y)
    {
        int column = Math.Clamp(((x + siz.X0) / StepX) - Area.X0, 0, Area.Width - 1);
        int row = Math.Clamp(((y + siz.Y0) / StepY) - Area.Y0, 0, Area.Height - 1);
        return Samples[(row * Area.Width) + column];
    }

    /// <summary>The sample for a pixel in 8 bits. Signed ones too have black where their least value is.</summary>
    public byte Sample(int x, int y)
    {
        int sample = Index(x, y);
        return Bits > 8 ? (byte)(sample >> (Bits - 8)) : Raster.Widen(sample, Bits);
    }

    /// <summary>Whether zero is in the middle of the range.</summary>
    public bool IsSigned { get; } = isSigned;
}
