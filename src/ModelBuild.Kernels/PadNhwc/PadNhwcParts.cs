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
        int outputHeight = top + height + bottom;
        int row = width * channels, paddedRow = (left + width + right) * channels;
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
            PadNhwc.Run(
                x[(((rows.Image * height) + first) * row)..], block, value, rows.Images, end - first, width, channels, above, left, rows.Rows - above - (end - first), right);
        }
    }
}
