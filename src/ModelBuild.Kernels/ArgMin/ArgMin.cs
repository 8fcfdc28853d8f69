using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ArgMin: the index along the middle axis of the smallest value, <c>x[outer, axis, inner]</c> to <c>y[outer, inner]</c>. Of equal values the first counts, or
/// the last with <c>selectLastIndex</c>; -0 equals +0, and NaN counts as smaller than any number. axis is at least 1.
/// </summary>
internal static class ArgMin
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<long> y, int outer, int axis, int inner, bool selectLastIndex)
        where T : struct, INumber<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                int start = (o * axis * inner) + lane;
                T best = x[start];
                int index = 0;
                for (int a = 1; a < axis; a++)
                {
                    T value = x[start + (a * inner)];
                    bool isSmaller = value < best || (T.IsNaN(value) && !T.IsNaN(best));
                    if (isSmaller || (selectLastIndex && (value == best || (T.IsNaN(value) && T.IsNaN(best)))))
                    {
                        best = value;
                        index = a;
                    }
                }

                y[(o * inner) + lane] = index;
            }
        }
    }
}
