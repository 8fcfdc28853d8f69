using System;

namespace ModelBuild.Kernels;

/// <summary>Samples of one kind, with the border from which the first blocks are predicted: 127 above, with the corner, and 129 to the left.</summary>
internal sealed class Vp8Plane
{
    public Vp8Plane(int width, int height)
    {
        Width = width;
        Stride = width + 8;
        Samples = new byte[checked(Stride * (height + 1))];
        Samples.AsSpan(0, Stride).Fill(127);
        for (int y = 1; y <= height; y++)
        {
            Samples[(y * Stride) + 3] = 129;
        }
    }

    public int Width { get; }

    public int Stride { get; }

    /// <summary>The samples.</summary>
    public byte[] Samples { get; }

    /// <summary>Where a sample is; those at -1 are the border.</summary>
    public int At(int x, int y) => ((y + 1) * Stride) + x + 4;

    /// <summary>Part of a row.</summary>
    public ReadOnlySpan<byte> Row(int y, int length) => Samples.AsSpan(At(0, y), length);
}
