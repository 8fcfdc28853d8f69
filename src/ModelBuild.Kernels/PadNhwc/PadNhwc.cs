using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Surrounds the images of <c>x[batch, height, width, channels]</c> with a value: <c>y[batch, top + height + bottom, left + width + right, channels]</c>. This is the
/// padding of a convolution, so pads are not negative. y may not overlap x.
/// </summary>
internal static class PadNhwc
{
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, T value, int batch, int height, int width, int channels, int top, int left, int bottom, int right)
    {
        int row = width * channels;
        int paddedRow = (left + width + right) * channels;
        int gap = (left + right) * channels;
        for (int image = 0; image < batch; image++)
        {
            // The right border of a row and the left one of the next are one stretch, and so are the top rows and the first left border.
            Span<T> padded = y.Slice(image * (top + height + bottom) * paddedRow, (top + height + bottom) * paddedRow);
            int to = row == 0 || height == 0 ? 0 : (top * paddedRow) + (left * channels);
            padded[..to].Fill(value);
            for (int i = 0; i < height && row > 0; i++)
            {
                x.Slice(((image * height) + i) * row, row).CopyTo(padded[to..]);
                to += row;
                int stretch = i < height - 1 ? gap : 0;
                padded.Slice(to, stretch).Fill(value);
                to += stretch;
            }

            padded[to..].Fill(value);
        }
    }
}
