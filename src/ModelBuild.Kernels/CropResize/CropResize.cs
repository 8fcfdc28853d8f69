using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Runtime's CropAndResize: regions of images, each resized to the same size by interpolation, as in TensorFlow.</summary>
internal static class CropResize
{
    /// <summary>Crops.</summary>
    /// <param name="x">[batch, channels, height, width].</param>
    /// <param name="regions">[count, 4]: top, left, bottom, right, of which 0 and 1 are the centres of the outermost pixels.</param>
    /// <param name="images">[count]: which image.</param>
    /// <param name="y">[count, channels, rows, columns].</param>
    /// <param name="batch">Images.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="height">Height of an image.</param>
    /// <param name="width">Width of an image.</param>
    /// <param name="rows">Height of a result.</param>
    /// <param name="columns">Width of a result.</param>
    /// <param name="isNearest">Whether the nearest pixel is taken.</param>
    /// <param name="outside">What lies outside of the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region is in an image that does not exist.</exception>
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> regions, ReadOnlySpan<int> images, Span<float> y, int batch, int channels, int height, int width, int rows, int columns, bool isNearest, float outside)
    {
        for (int n = 0; n < images.Length; n++)
        {
            if ((uint)images[n] >= (uint)batch)
            {
                throw new ArgumentOutOfRangeException(nameof(images), images[n], $"There are {batch} images.");
            }

            ReadOnlySpan<float> region = regions.Slice(n * 4, 4);
            for (int row = 0; row < rows; row++)
            {
                float v = Position(region[0], region[2], row, rows, height);
                for (int column = 0; column < columns; column++)
                {
                    float h = Position(region[1], region[3], column, columns, width);
                    bool isInside = v >= 0 && v <= height - 1 && h >= 0 && h <= width - 1;
                    for (int c = 0; c < channels; c++)
                    {
                        ReadOnlySpan<float> plane = x.Slice(((images[n] * channels) + c) * height * width, height * width);
                        y[(((((n * channels) + c) * rows) + row) * columns) + column] = !isInside ? outside : isNearest ? Nearest(plane, width, v, h) : Between(plane, width, v, h);
                    }
                }
            }
        }
    }

    // The first and the last are the edges of the region; a single one is its middle.
    private static float Position(float begin, float end, int index, int count, int length)
    {
        float last = length - 1;
        return count == 1 ? (float)(0.5 * (begin + end) * last) : index == 0 ? begin * last : index == count - 1 ? end * last : (begin * last) + (index * ((end - begin) * last / (count - 1)));
    }

    private static float Nearest(ReadOnlySpan<float> plane, int width, float v, float h) =>
        plane[((int)MathF.Round(v, MidpointRounding.AwayFromZero) * width) + (int)MathF.Round(h, MidpointRounding.AwayFromZero)];

    private static float Between(ReadOnlySpan<float> plane, int width, float v, float h)
    {
        int top = (int)MathF.Floor(v) * width, bottom = (int)MathF.Ceiling(v) * width;
        int left = (int)MathF.Floor(h), right = (int)MathF.Ceiling(h);
        float down = v - MathF.Floor(v), across = h - left;
        float upper = plane[top + left] + ((plane[top + right] - plane[top + left]) * across);
        float lower = plane[bottom + left] + ((plane[bottom + right] - plane[bottom + left]) * across);
        return upper + ((lower - upper) * down);
    }
}
