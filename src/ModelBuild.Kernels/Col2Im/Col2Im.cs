using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX Col2Im: columns are the windows of an image, laid side by side; where windows overlap, values are added.</summary>
internal static class Col2Im
{
    /// <summary>Computes y [batch * channels, image] from x [batch * channels, window, positions].</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int planes, in WindowShape window)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        int image = window.InputSize;
        int taps = window.KernelSize;
        int positions = window.OutputSize;
        y.Clear();
        for (int p = 0; p < planes; p++)
        {
            for (int k = 0; k < taps; k++)
            {
                for (int row = 0; row < window.OutputRows; row++)
                {
                    int to = (p * image) + window.RowInput(row, k, out int first, out int end);
                    ReadOnlySpan<T> values = x.Slice((((p * taps) + k) * positions) + (row * window.RowLength), window.RowLength);
                    for (int i = first; i < end; i++)
                    {
                        y[to + (i * window.RowStep)] += values[i];
                    }
                }
            }
        }
    }
}
