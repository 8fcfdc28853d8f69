using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The values that every position of a sliding window sees, one after the other ("im2col"): of x <c>[planes, spatial]</c>, y <c>[planes, taps, outputs]</c> has the values at each
/// tap of the window, and zeros in the padding. A convolution is a matrix product with it.
/// </summary>
internal static class Unfold
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int planes, in WindowShape window)
        where T : unmanaged
    {
        int inputSize = window.InputSize;
        int taps = window.KernelSize;
        int rows = window.OutputRows;
        int length = window.RowLength;
        int to = 0;
        for (int p = 0; p < planes; p++)
        {
            ReadOnlySpan<T> plane = x.Slice(p * inputSize, inputSize);
            for (int tap = 0; tap < taps; tap++)
            {
                for (int row = 0; row < rows; row++, to += length)
                {
                    int from = window.RowInput(row, tap, out int first, out int end);
                    Copy(plane, from, window.RowStep, y.Slice(to, length), first, end);
                }
            }
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> plane, int from, int step, Span<T> row, int first, int end)
        where T : unmanaged
    {
        row[..first].Clear();
        row[end..].Clear();
        if (step == 1 && end > first)
        {
            plane.Slice(from + first, end - first).CopyTo(row[first..]);
            return;
        }

        for (int i = first; i < end; i++)
        {
            row[i] = plane[from + (i * step)];
        }
    }
}
