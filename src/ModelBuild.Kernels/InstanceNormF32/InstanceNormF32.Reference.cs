using System;

namespace ModelBuild.Kernels;

internal static partial class InstanceNormF32
{
    /// <summary>The definition, one channel of one image at a time.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels, int channels,
        float epsilon, float min, float max)
    {
        for (int image = 0; image < images; image++)
        {
            for (int c = 0; c < channels; c++)
            {
                // x and y [images, pixels, channels]
                int first = (image * pixels * channels) + c;
                float mean = 0f, squares = 0f;
                for (int begin = 0; begin < pixels; begin += BlockPixels)
                {
                    int count = Math.Min(BlockPixels, pixels - begin);
                    float blockMean = 0f;
                    for (int i = 0; i < count; i++)
                    {
                        blockMean += x[first + ((begin + i) * channels)];
                    }

                    blockMean *= 1f / count;
                    float blockSquares = 0f;
                    for (int i = 0; i < count; i++)
                    {
                        float difference = x[first + ((begin + i) * channels)] - blockMean;
                        blockSquares = MathF.FusedMultiplyAdd(difference, difference, blockSquares);
                    }

                    // The statistics of all blocks so far, and of one more.
                    float delta = blockMean - mean;
                    mean = MathF.FusedMultiplyAdd(delta, (float)count / (begin + count), mean);
                    squares += MathF.FusedMultiplyAdd(delta * delta, begin * ((float)count / (begin + count)), blockSquares);
                }

                float factor = scale[c] * (1f / MathF.Sqrt((squares / pixels) + epsilon));
                for (int i = 0; i < pixels; i++)
                {
                    float value = MathF.FusedMultiplyAdd(x[first + (i * channels)] - mean, factor, bias[c]);
                    value = residual.IsEmpty ? value : value + residual[first + (i * channels)];
                    value = min > value ? min : value;
                    y[first + (i * channels)] = max < value ? max : value;
                }
            }
        }
    }
}
