using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MaxPool, AveragePool and LpPool in any number of dimensions and for any type of numbers. x is <c>[planes, spatial]</c>. A row of outputs takes tap after tap of the
/// window, so that sums are in the order of the window.
/// </summary>
internal static class PoolPlain
{
    private const int MostSums = 64;

    /// <summary>The largest value of each window, and where it lies in x; the first of several. <paramref name="indices"/> may be empty.</summary>
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<long> indices, int planes, in WindowShape window, bool columnMajor)
        where T : unmanaged, INumber<T>
    {
        int inputSize = window.InputSize;
        int length = window.RowLength;
        T lowest = T.CreateSaturating(double.NegativeInfinity);
        for (int p = 0, to = 0; p < planes; p++)
        {
            ReadOnlySpan<T> plane = x.Slice(p * inputSize, inputSize);
            for (int row = 0; row < window.OutputRows; row++, to += length)
            {
                y.Slice(to, length).Fill(lowest);
                if (indices.IsEmpty)
                {
                    MaxRow(plane, y.Slice(to, length), row, window);
                    continue;
                }

                Span<long> found = indices.Slice(to, length);
                found.Fill(-1);
                MaxRow(plane, y.Slice(to, length), found, row, window);
                for (int i = 0; i < found.Length; i++)
                {
                    found[i] = (p * (long)inputSize) + (columnMajor ? window.ColumnMajor((int)found[i]) : found[i]);
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
        int length = window.RowLength;
        for (int p = 0, to = 0; p < planes; p++)
        {
            ReadOnlySpan<T> plane = x.Slice(p * inputSize, inputSize);
            for (int row = 0; row < window.OutputRows; row++, to += length)
            {
                Span<T> sums = y.Slice(to, length);
                sums.Clear();
                for (int tap = 0; tap < window.KernelSize; tap++)
                {
                    int from = window.RowInput(row, tap, out int first, out int end);
                    for (int i = first; i < end; i++)
                    {
                        sums[i] += plane[from + (i * window.RowStep)];
                    }
                }

                for (int i = 0; i < sums.Length; i++)
                {
                    int output = (row * length) + i;
                    int count = countsPads ? window.TapsWithPads(output, in ends) : window.TapsInside(output);
                    sums[i] = count == 0 ? T.Zero : sums[i] / T.CreateChecked(count);
                }
            }
        }
    }

    /// <summary>The p-norm of each window, computed in 64 bits.</summary>
    public static void Norm<T>(ReadOnlySpan<T> x, Span<T> y, int planes, in WindowShape window, double power)
        where T : unmanaged, INumber<T>
    {
        int inputSize = window.InputSize;
        int length = window.RowLength;
        Span<double> sums = stackalloc double[MostSums];
        for (int p = 0, to = 0; p < planes; p++)
        {
            ReadOnlySpan<T> plane = x.Slice(p * inputSize, inputSize);
            for (int row = 0; row < window.OutputRows; row++, to += length)
            {
                for (int start = 0; start < length; start += MostSums)
                {
                    Span<double> part = sums[..Math.Min(MostSums, length - start)];
                    PowerSums(plane, part, row, start, window, power);
                    for (int i = 0; i < part.Length; i++)
                    {
                        y[to + start + i] = T.CreateSaturating(power == 1 ? part[i] : power == 2 ? Math.Sqrt(part[i]) : MathF64.Pow(part[i], 1 / power));
                    }
                }
            }
        }
    }

    private static void MaxRow<T>(ReadOnlySpan<T> plane, Span<T> best, int row, in WindowShape window)
        where T : unmanaged, INumber<T>
    {
        int step = window.RowStep;
        for (int tap = 0; tap < window.KernelSize; tap++)
        {
            int from = window.RowInput(row, tap, out int first, out int end);
            for (int i = first; i < end; i++)
            {
                T value = plane[from + (i * step)];
                best[i] = value > best[i] || T.IsNaN(value) ? value : best[i];
            }
        }
    }

    private static void MaxRow<T>(ReadOnlySpan<T> plane, Span<T> best, Span<long> found, int row, in WindowShape window)
        where T : unmanaged, INumber<T>
    {
        int step = window.RowStep;
        for (int tap = 0; tap < window.KernelSize; tap++)
        {
            int from = window.RowInput(row, tap, out int first, out int end);
            for (int i = first; i < end; i++)
            {
                T value = plane[from + (i * step)];
                if (found[i] < 0 || value > best[i] || (T.IsNaN(value) && !T.IsNaN(best[i])))
                {
                    best[i] = value;
                    found[i] = from + (i * step);
                }
            }
        }
    }

    // Of the outputs of a row from a certain one on.
    private static void PowerSums<T>(ReadOnlySpan<T> plane, Span<double> sums, int row, int start, in WindowShape window, double power)
        where T : unmanaged, INumber<T>
    {
        sums.Clear();
        for (int tap = 0; tap < window.KernelSize; tap++)
        {
            int from = window.RowInput(row, tap, out int first, out int end);
            for (int i = Math.Max(first, start); i < Math.Min(end, start + sums.Length); i++)
            {
                double value = Math.Abs(double.CreateChecked(plane[from + (i * window.RowStep)]));
                sums[i - start] += power == 1 ? value : power == 2 ? value * value : MathF64.Pow(value, power);
            }
        }
    }
}
