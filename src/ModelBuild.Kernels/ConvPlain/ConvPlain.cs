using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Conv in any number of dimensions and groups, with weights that the run computes, in plain loops: the definition. x is <c>[N, C, spatial]</c>, w is
/// <c>[M, C / groups, kernel]</c>. A sum starts at the bias and adds channel by channel, in each in the order of the kernel.
/// </summary>
internal static class ConvPlain
{
    /// <summary>Computes y <c>[N, M, output]</c>; <paramref name="bias"/> has M values or none.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, int batch, int channels, int outputs, int groups, in WindowShape window)
        where T : unmanaged, INumber<T>
    {
        int inputSize = window.InputSize;
        int kernelSize = window.KernelSize;
        int outputSize = window.OutputSize;
        int depth = channels / groups;
        int perGroup = outputs / groups;
        for (int n = 0; n < batch; n++)
        {
            for (int m = 0; m < outputs; m++)
            {
                Span<T> row = y.Slice(((n * outputs) + m) * outputSize, outputSize);
                row.Fill(bias.IsEmpty ? T.Zero : bias[m]);
                for (int c = 0; c < depth; c++)
                {
                    ReadOnlySpan<T> plane = x.Slice(((n * channels) + (m / perGroup * depth) + c) * inputSize, inputSize);
                    ReadOnlySpan<T> filter = w.Slice(((m * depth) + c) * kernelSize, kernelSize);
                    for (int o = 0; o < outputSize; o++)
                    {
                        T sum = row[o];
                        for (int k = 0; k < kernelSize; k++)
                        {
                            int at = window.InputIndex(o, k);
                            sum = at < 0 ? sum : sum + (plane[at] * filter[k]);
                        }

                        row[o] = sum;
                    }
                }
            }
        }
    }

    /// <summary>The transposed convolution: every input is spread over the outputs. w is <c>[C, M / groups, kernel]</c>; the window is that of the convolution from y to x.</summary>
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
                Span<T> row = y.Slice(((n * outputs) + m) * outputSize, outputSize);
                row.Fill(bias.IsEmpty ? T.Zero : bias[m]);
                int group = m / perGroup;
                for (int c = 0; c < depth; c++)
                {
                    int channel = (group * depth) + c;
                    ReadOnlySpan<T> plane = x.Slice(((n * channels) + channel) * inputSize, inputSize);
                    ReadOnlySpan<T> filter = w.Slice(((channel * perGroup) + (m % perGroup)) * kernelSize, kernelSize);
                    for (int i = 0; i < inputSize; i++)
                    {
                        T value = plane[i];
                        for (int k = 0; k < kernelSize; k++)
                        {
                            int at = window.InputIndex(i, k);
                            if (at >= 0)
                            {
                                row[at] += value * filter[k];
                            }
                        }
                    }
                }
            }
        }
    }
}
