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
        int outputHeight = top + height + bottom;
        int plane = height * width, paddedRow = (left + width + right) * channels;
        for (ImageRows rows = new(batch, outputHeight, part, parts); rows.Next();)
        {
            // The input rows that lie in the block, and the padding of the block above and below them.
            int first = int.Clamp(rows.Row - top, 0, height), end = int.Clamp(rows.Row + rows.Rows - top, 0, height);
            Span<T> block = y.Slice(((rows.Image * outputHeight) + rows.Row) * paddedRow, rows.Images * rows.Rows * paddedRow);
            if (first == end)
            {
                block.Fill(value);
                continue;
            }

            int above = int.Max(top - rows.Row, 0);
            PadPlanes.RowsOn(
                isa, x[((rows.Image * channels * plane) + (first * width))..], block, value, rows.Images, plane, end - first, width, channels, above, left,
                rows.Rows - above - (end - first), right);
        }
    }
}
