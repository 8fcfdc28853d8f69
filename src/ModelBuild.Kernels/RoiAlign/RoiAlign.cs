using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX RoiAlign: regions of an image sampled by linear interpolation into a grid of bins. He et al., https://arxiv.org/abs/1703.06870</summary>
internal static class RoiAlign
{
    public static void Run(
        ReadOnlySpan<float> x, // [batch, channels, height, width]
        ReadOnlySpan<float> rois, // [count, 4]
        ReadOnlySpan<long> batches, // [count]
        Span<float> y, // [count, channels, rows, columns]
        int channels,
        int height,
        int width,
        int count,
        int rows,
        int columns,
        int samples,
        float scale,
        bool isHalfPixel,
        bool isMaximum)
    {
        float offset = isHalfPixel ? 0.5f : 0;
        for (int n = 0; n < count; n++)
        {
            float left = (rois[n * 4] * scale) - offset;
            float top = (rois[(n * 4) + 1] * scale) - offset;
            float roiWidth = (rois[(n * 4) + 2] * scale) - offset - left;
            float roiHeight = (rois[(n * 4) + 3] * scale) - offset - top;
            if (!isHalfPixel)
            {
                roiWidth = MathF.Max(roiWidth, 1);
                roiHeight = MathF.Max(roiHeight, 1);
            }

            float binHeight = roiHeight / rows;
            float binWidth = roiWidth / columns;
            int down = samples > 0 ? samples : (int)MathF.Ceiling(roiHeight / rows);
            int across = samples > 0 ? samples : (int)MathF.Ceiling(roiWidth / columns);
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<float> plane = x.Slice((int)((batches[n] * channels) + c) * height * width, height * width);
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        float sum = 0;
                        float largest = float.NegativeInfinity;
                        for (int a = 0; a < down; a++)
                        {
                            for (int b = 0; b < across; b++)
                            {
                                float v = top + (i * binHeight) + ((a + 0.5f) * binHeight / down);
                                float h = left + (j * binWidth) + ((b + 0.5f) * binWidth / across);
                                Sample(plane, height, width, v, h, out float value, out float peak);
                                sum += value;
                                largest = MathF.Max(largest, peak);
                            }
                        }

                        y[(((((n * channels) + c) * rows) + i) * columns) + j] = isMaximum ? largest : sum / Math.Max(down * across, 1);
                    }
                }
            }
        }
    }

    // The interpolated value, and the largest of its four weighted parts.
    private static void Sample(ReadOnlySpan<float> plane, int height, int width, float v, float h, out float value, out float peak)
    {
        if (v < -1 || v > height || h < -1 || h > width)
        {
            value = 0;
            peak = 0;
            return;
        }

        v = MathF.Max(v, 0);
        h = MathF.Max(h, 0);
        int top = Math.Min((int)v, height - 1);
        int left = Math.Min((int)h, width - 1);
        int bottom = Math.Min(top + 1, height - 1);
        int right = Math.Min(left + 1, width - 1);
        float dv = top == height - 1 ? 0 : v - top;
        float dh = left == width - 1 ? 0 : h - left;
        float a = (1 - dv) * (1 - dh) * plane[(top * width) + left];
        float b = (1 - dv) * dh * plane[(top * width) + right];
        float c = dv * (1 - dh) * plane[(bottom * width) + left];
        float d = dv * dh * plane[(bottom * width) + right];
        value = a + b + c + d;
        peak = MathF.Max(MathF.Max(a, b), MathF.Max(c, d));
    }
}
