using System;

namespace ModelBuild.Kernels;

/// <summary>The part of a pooling window that lies inside the input, along one axis.</summary>
/// <param name="First">Input index of the first tap inside.</param>
/// <param name="Count">Taps inside; 0 if the window lies in the padding alone.</param>
internal readonly record struct PoolWindow(int First, int Count)
{
    /// <summary>The taps of the window that begins at <paramref name="start"/>, which is negative inside the padding.</summary>
    public static PoolWindow Clip(int start, int taps, int dilation, int length)
    {
        // The first tap at or after 0, and the first at or after the end.
        int first = start < 0 ? (dilation - 1 - start) / dilation : 0;
        int end = start < length ? Math.Min(taps, (length - start + dilation - 1) / dilation) : 0;
        return new PoolWindow(start + (first * dilation), Math.Max(0, end - first));
    }
}
