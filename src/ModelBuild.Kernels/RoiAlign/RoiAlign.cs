using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX RoiAlign: regions of an image sampled by linear interpolation into a grid of bins. He et al., https://arxiv.org/abs/1703.06870</summary>
internal static class RoiAlign
{
    public static void Run<T>(
        ReadOnlySpan<T> x, // [batch, channels, height, width]
        ReadOnlySpan<T> rois, // [count, 4]
        ReadOnlySpan<long> batches, // [count]
        Span<T> y, // [count, channels, rows, columns]
        int channels,
        int height,
        int width,
        int count,
        int rows,
        int columns,
        int samples,
        float spatialScale,
        bool isHalfPixel,
        bool isMaximum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(spatialScale), half = T.CreateTruncating(0.5);
        T offset = isHalfPixel ? half : T.Zero;
        for (int n = 0; n < count; n++)
        {
            T left = (rois[n * 4] * scale) - offset;
            T top = (rois[(n * 4) + 1] * scale) - offset;
            T roiWidth = (rois[(n * 4) + 2] * scale) - offset - left;
            T roiHeight = (rois[(n * 4) + 3] * scale) - offset - top;
            if (!isHalfPixel)
            {
                roiWidth = T.Max(roiWidth, T.One);
                roiHeight = T.Max(roiHeight, T.One);
            }

            T binHeight = roiHeight / T.CreateTruncating(rows);
            T binWidth = roiWidth / T.CreateTruncating(columns);
            int down = samples > 0 ? samples : int.CreateTruncating(T.Ceiling(binHeight));
            int across = samples > 0 ? samples : int.CreateTruncating(T.Ceiling(binWidth));
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<T> plane = x.Slice((int)((batches[n] * channels) + c) * height * width, height * width);
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        T sum = T.Zero;
                        T largest = T.NegativeInfinity;
                        for (int a = 0; a < down; a++)
                        {
                            for (int b = 0; b < across; b++)
                            {
                                T v = top + (T.CreateTruncating(i) * binHeight) + ((T.CreateTruncating(a) + half) * binHeight / T.CreateTruncating(down));
                                T h = left + (T.CreateTruncating(j) * binWidth) + ((T.CreateTruncating(b) + half) * binWidth / T.CreateTruncating(across));
                                Sample(plane, height, width, v, h, out T value, out T peak);
                                sum += value;
                                largest = T.Max(largest, peak);
                            }
                        }

                        y[(((((n * channels) + c) * rows) + i) * columns) + j] = isMaximum ? largest : sum / T.CreateTruncating(Math.Max(down * across, 1));
                    }
                }
            }
        }
    }

    // The interpolated value, and the largest of its four weighted parts.
    private static void Sample<T>(ReadOnlySpan<T> plane, int height, int width, T v, T h, out T value, out T peak)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (v < -T.One || v > T.CreateTruncating(height) || h < -T.One || h > T.CreateTruncating(width))
        {
            value = T.Zero;
            peak = T.Zero;
            return;
        }

        v = T.Max(v, T.Zero);
        h = T.Max(h, T.Zero);
        int top = Math.Min(int.CreateTruncating(v), height - 1);
        int left = Math.Min(int.CreateTruncating(h), width - 1);
        int bottom = Math.Min(top + 1, height - 1);
        int right = Math.Min(left + 1, width - 1);
        T dv = top == height - 1 ? T.Zero : v - T.CreateTruncating(top);
        T dh = left == width - 1 ? T.Zero : h - T.CreateTruncating(left);
        T a = (T.One - dv) * (T.One - dh) * plane[(top * width) + left];
        T b = (T.One - dv) * dh * plane[(top * width) + right];
        T c = dv * (T.One - dh) * plane[(bottom * width) + left];
        T d = dv * dh * plane[(bottom * width) + right];
        value = a + b + c + d;
        peak = T.Max(T.Max(a, b), T.Max(c, d));
    }
}
