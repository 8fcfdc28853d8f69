using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX LRN, of x [batch, channels, inner]. Krizhevsky et al., ImageNet Classification with Deep Convolutional Neural Networks, 2012.</summary>
internal static class LocalResponse
{
    public static void Run(ReadOnlySpan<float> x, Span<float> y, int batch, int channels, int inner, int size, float alpha, float beta, float bias)
    {
        for (int n = 0; n < batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                int first = Math.Max(0, c - ((size - 1) / 2));
                int last = Math.Min(channels - 1, c + (size / 2));
                for (int i = 0; i < inner; i++)
                {
                    float sum = 0;
                    for (int k = first; k <= last; k++)
                    {
                        float value = x[(((n * channels) + k) * inner) + i];
                        sum = MathF.FusedMultiplyAdd(value, value, sum);
                    }

                    float power = MathF32.Pow(new ScalarF32(bias + (alpha / size * sum)), new ScalarF32(beta)).Value;
                    int at = (((n * channels) + c) * inner) + i;
                    y[at] = x[at] / power;
                }
            }
        }
    }
}
