using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX CumSum along the middle axis of <c>x[outer, axis, inner]</c>: each element is the sum, in order, of what comes up to it; without itself if <c>exclusive</c>, and
/// from the end if <c>reverse</c>. y may be the same span as x.
/// </summary>
internal static class CumSum
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner, bool exclusive, bool reverse)
        where T : struct, INumber<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                T total = T.Zero;
                for (int a = 0; a < axis; a++)
                {
                    int at = (((o * axis) + (reverse ? axis - 1 - a : a)) * inner) + lane;
                    T next = total + x[at];
                    y[at] = exclusive ? total : next;
                    total = next;
                }
            }
        }
    }
}
