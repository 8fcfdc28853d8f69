using System;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="PadNhwc"/> in parts: each writes some rows of the output.</summary>
internal static class PadNhwcParts
{
    /// <summary>One part of <see cref="PadNhwc.Run{T}"/>.</summary>
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right,
        int part, int parts)
    {
        int row = width * channels, paddedRow = (left + width + right) * channels;
        for (PaddedRows rows = new(batch, height, top, bottom, part, parts); rows.Next();)
        {
            PadNhwc.Run(
                x[(((rows.Image * height) + rows.First) * row)..], y.Slice(rows.Output * paddedRow, rows.OutputRows * paddedRow), value, rows.Images, rows.Height, width, channels,
                rows.Above, left, rows.Below, right);
        }
    }
}
