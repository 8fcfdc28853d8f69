using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// What <see cref="PadNhwc"/> makes, of images that lie in planes, <c>x[batch, channels, height, width]</c>: their pixels are put together on the way. y may not overlap x.
/// </summary>
internal static class PadPlanes
{
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right)
        where T : unmanaged => RunOn(Isa.Best, x, y, value, batch, height, width, channels, top, left, bottom, right);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn<T>(
        IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right)
        where T : unmanaged => RowsOn(isa, x, y, value, batch, height * width, height, width, channels, top, left, bottom, right);

    /// <summary><see cref="RunOn"/> of images that are some rows of planes of <paramref name="plane"/> values. The slices check what a row reads and writes.</summary>
    public static void RowsOn<T>(
        IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, T value, int batch, int plane, int height, int width, int channels, int top, int left, int bottom, int right)
        where T : unmanaged
    {
        int row = width * channels;
        int gap = (left + right) * channels;
        int paddedRow = row + gap;
        var pixels = new TransposePlane(Columns: width, OutputStride: channels, Rows: channels, InputStride: plane);
        for (int image = 0; image < batch; image++)
        {
            ReadOnlySpan<T> planes = x.Slice(image * channels * plane, ((channels - 1) * plane) + (height * width));
            Span<T> padded = y.Slice(image * (top + height + bottom) * paddedRow, (top + height + bottom) * paddedRow);
            int to = row == 0 || height == 0 ? 0 : (top * paddedRow) + (left * channels);
            padded[..to].Fill(value);
            for (int i = 0; i < height && row > 0; i++)
            {
                pixels.Run(isa, ref MemoryMarshal.GetReference(planes[(i * width)..]), ref MemoryMarshal.GetReference(padded.Slice(to, row)));
                to += row;
                int stretch = i < height - 1 ? gap : 0;
                padded.Slice(to, stretch).Fill(value);
                to += stretch;
            }

            padded[to..].Fill(value);
        }
    }
}
