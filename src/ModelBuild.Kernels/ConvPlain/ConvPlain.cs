using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>What ONNX Conv and ConvTranspose in any number of dimensions need beside matrix products, in plain loops and for any type of numbers.</summary>
internal static class ConvPlain
{
    /// <summary>Adds to each channel of <paramref name="sums"/> <c>[planes, size]</c> its bias; channels of the batch follow each other.</summary>
    public static void AddBias<T>(ReadOnlySpan<T> sums, ReadOnlySpan<T> bias, Span<T> y, int planes, int size)
        where T : unmanaged, INumber<T>
    {
        for (int p = 0; p < planes; p++)
        {
            T value = bias[p % bias.Length];
            ReadOnlySpan<T> from = sums.Slice(p * size, size);
            Span<T> to = y.Slice(p * size, size);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[i] + value;
            }
        }
    }

    /// <summary>
    /// The transposed convolution of x <c>[N, C, spatial]</c> with w <c>[C, M / groups, kernel]</c>: every input is spread over the outputs. The window is that of the
    /// convolution from y to x; a sum starts at the bias, of which there are M values or none, and adds channel by channel, in each in the order of the kernel.
    /// </summary>
    public static void Transposed<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, int batch, int channels, int outputs, int groups, in WindowShape window)
        where T : unmanaged, INumber<T>
    {
        int inputSize = window.OutputSize;
        int kernelSize = window.KernelSize;
        int outputSize = window.InputSize;
        int depth = channels / groups;
        int perGroup = outputs / groups;
        for (int n = 0; n < batch; n++)
        {
            for (int m = 0; m < outputs; m++)
            {
                Span<T> target = y.Slice(((n * outputs) + m) * outputSize, outputSize);
                target.Fill(bias.IsEmpty ? T.Zero : bias[m]);
                int group = m / perGroup;
                for (int c = 0; c < depth; c++)
                {
                    int channel = (group * depth) + c;
                    Spread(
                        x.Slice(((n * channels) + channel) * inputSize, inputSize), w.Slice(((channel * perGroup) + (m % perGroup)) * kernelSize, kernelSize), target, window);
                }
            }
        }
    }

    private static void Spread<T>(ReadOnlySpan<T> plane, ReadOnlySpan<T> filter, Span<T> target, in WindowShape window)
        where T : unmanaged, INumber<T>
    {
        int length = window.RowLength;
        int step = window.RowStep;
        for (int tap = 0; tap < filter.Length; tap++)
        {
            for (int row = 0; row < window.OutputRows; row++)
            {
                int to = window.RowInput(row, tap, out int first, out int end);
                ReadOnlySpan<T> values = plane.Slice(row * length, length);
                for (int i = first; i < end; i++)
                {
                    target[to + (i * step)] += values[i] * filter[tap];
                }
            }
        }
    }
}
