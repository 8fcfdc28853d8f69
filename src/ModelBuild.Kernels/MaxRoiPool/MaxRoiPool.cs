using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX MaxRoiPool: the largest element of each bin of each region, whose corners are rounded to pixels. Girshick, https://arxiv.org/abs/1504.08083</summary>
internal static class MaxRoiPool
{
    /// <summary>Pools.</summary>
    /// <param name="x">[batch, channels, height, width].</param>
    /// <param name="regions">[count, 5]: which image, left, top, right, bottom; the corners are within the region.</param>
    /// <param name="y">[count, channels, rows, columns]; 0 where a bin has no pixel.</param>
    /// <param name="batch">Images.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="height">Height of an image.</param>
    /// <param name="width">Width of an image.</param>
    /// <param name="count">Regions.</param>
    /// <param name="rows">Bins down.</param>
    /// <param name="columns">Bins across.</param>
    /// <param name="scale">From the corners' units to pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region is in an image that does not exist.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> regions, Span<T> y, int batch, int channels, int height, int width, int count, int rows, int columns, float scale)
        where T : struct, INumber<T>
    {
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<T> region = regions.Slice(n * 5, 5);
            double image = double.CreateSaturating(region[0]);
            if (!(image >= 0 && image < batch))
            {
                throw new ArgumentOutOfRangeException(nameof(regions), image, $"There are {batch} images.");
            }

            int left = Pixel(region[1], scale), top = Pixel(region[2], scale);
            float binWidth = Math.Max(Pixel(region[3], scale) - left + 1, 1) / (float)columns;
            float binHeight = Math.Max(Pixel(region[4], scale) - top + 1, 1) / (float)rows;
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<T> plane = x.Slice((((int)image * channels) + c) * height * width, height * width);
                Span<T> bins = y.Slice(((n * channels) + c) * rows * columns, rows * columns);
                for (int bin = 0; bin < bins.Length; bin++)
                {
                    int row = bin / columns, column = bin % columns;
                    int above = Math.Clamp((int)MathF.Floor(row * binHeight) + top, 0, height);
                    int below = Math.Clamp((int)MathF.Ceiling((row + 1) * binHeight) + top, 0, height);
                    int before = Math.Clamp((int)MathF.Floor(column * binWidth) + left, 0, width);
                    int behind = Math.Clamp((int)MathF.Ceiling((column + 1) * binWidth) + left, 0, width);
                    bins[bin] = Largest(plane, width, above, below, before, behind);
                }
            }
        }
    }

    private static T Largest<T>(ReadOnlySpan<T> plane, int width, int above, int below, int before, int behind)
        where T : struct, INumber<T>
    {
        if (below <= above || behind <= before)
        {
            return T.Zero;
        }

        T largest = plane[(above * width) + before];
        for (int row = above; row < below; row++)
        {
            for (int column = before; column < behind; column++)
            {
                T value = plane[(row * width) + column];
                largest = value > largest ? value : largest;
            }
        }

        return largest;
    }

    // Half a pixel is rounded away from zero. Coordinates stay far from where sums of them would overflow.
    private static int Pixel<T>(T coordinate, float scale)
        where T : struct, INumber<T> =>
        (int)Math.Clamp(MathF.Round(float.CreateSaturating(coordinate) * scale, MidpointRounding.AwayFromZero), -1e8f, 1e8f);
}
