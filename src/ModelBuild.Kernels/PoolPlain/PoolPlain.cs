using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX MaxPool, AveragePool and LpPool in any number of dimensions, in plain loops: the definitions. x is <c>[planes, spatial]</c>.</summary>
internal static class PoolPlain
{
    /// <summary>The largest value of each window, and where it lies in x; the first of several. <paramref name="indices"/> may be empty.</summary>
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<long> indices, int planes, in WindowShape window, bool columnMajor)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int inputSize = window.InputSize;
        int outputSize = window.OutputSize;
        for (int p = 0; p < planes; p++)
        {
            for (int o = 0; o < outputSize; o++)
            {
                int best = -1;
                T largest = T.MinValue;
                for (int k = 0; k < window.KernelSize; k++)
                {
                    int at = window.InputIndex(o, k);
                    if (at >= 0 && (best < 0 || x[(p * inputSize) + at] > largest || T.IsNaN(x[(p * inputSize) + at])))
                    {
                        best = at;
                        largest = x[(p * inputSize) + at];
                    }
                }

                y[(p * outputSize) + o] = largest;
                if (!indices.IsEmpty)
                {
                    indices[(p * outputSize) + o] = (p * (long)inputSize) + (columnMajor ? window.ColumnMajor(best) : best);
                }
            }
        }
    }

    /// <summary>The mean of each window: of its values in x, or of all that lie in x and its pads.</summary>
    public static void Average<T>(ReadOnlySpan<T> x, Span<T> y, int planes, in WindowShape window, bool countsPads, int end0, int end1, int end2, int end3)
        where T : unmanaged, INumber<T>
    {
        Axes ends = Axes.Of(end0, end1, end2, end3, 0, 0, 0, 0);
        int inputSize = window.InputSize;
        int outputSize = window.OutputSize;
        for (int p = 0; p < planes; p++)
        {
            for (int o = 0; o < outputSize; o++)
            {
                T sum = T.Zero;
                int count = 0;
                for (int k = 0; k < window.KernelSize; k++)
                {
                    int at = window.InputIndex(o, k);
                    if (at >= 0)
                    {
                        sum += x[(p * inputSize) + at];
                        count++;
                    }
                }

                count = countsPads ? window.TapsWithPads(o, in ends) : count;
                y[(p * outputSize) + o] = count == 0 ? T.Zero : sum / T.CreateChecked(count);
            }
        }
    }

    /// <summary>The p-norm of each window, computed in 64 bits.</summary>
    public static void Norm<T>(ReadOnlySpan<T> x, Span<T> y, int planes, in WindowShape window, int power)
        where T : unmanaged, INumber<T>
    {
        int inputSize = window.InputSize;
        int outputSize = window.OutputSize;
        for (int p = 0; p < planes; p++)
        {
            for (int o = 0; o < outputSize; o++)
            {
                double sum = 0;
                for (int k = 0; k < window.KernelSize; k++)
                {
                    int at = window.InputIndex(o, k);
                    if (at >= 0)
                    {
                        double value = Math.Abs(double.CreateChecked(x[(p * inputSize) + at]));
                        double term = 1;
                        for (int i = 0; i < power; i++)
                        {
                            term *= value;
                        }

                        sum += term;
                    }
                }

                y[(p * outputSize) + o] = T.CreateSaturating(power == 1 ? sum : power == 2 ? Math.Sqrt(sum) : sum == 0 ? 0 : MathF64.Exp(MathF64.Log(sum) / power));
            }
        }
    }
}
