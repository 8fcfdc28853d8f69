using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="PadPlanes"/> in parts: each writes some rows of the output.</summary>
internal static class PadPlanesParts
{
    /// <summary>One part of <see cref="PadPlanes.Run{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right,
        int part, int parts)
        where T : unmanaged => RunOn(Isa.Best, x, y, value, batch, height, width, channels, top, left, bottom, right, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn<T>(
        IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right,
        int part, int parts)
        where T : unmanaged
    {
        int plane = height * width, paddedRow = (left + width + right) * channels;
        for (PaddedRows rows = new(batch, height, top, bottom, part, parts); rows.Next();)
        {
            PadPlanes.RowsOn(
                isa, x[((rows.Image * channels * plane) + (rows.First * width))..], y.Slice(rows.Output * paddedRow, rows.OutputRows * paddedRow), value, rows.Images, plane,
                rows.Height, width, channels, rows.Above, left, rows.Below, right);
        }
    }
}
