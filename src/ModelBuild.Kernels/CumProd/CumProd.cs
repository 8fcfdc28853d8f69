using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX CumProd: the product of what comes up to each element along an axis, of x seen as <c>[outer, axis, inner]</c>.</summary>
internal static class CumProd
{
    /// <summary>Multiplies in the order of the axis, or from its end with <paramref name="reverse"/>; without the element itself with <paramref name="exclusive"/>.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner, bool exclusive, bool reverse)
        where T : unmanaged, INumber<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                T product = T.One;
                for (int k = 0; k < axis; k++)
                {
                    int at = (((o * axis) + (reverse ? axis - 1 - k : k)) * inner) + i;
                    T next = product * x[at];
                    y[at] = exclusive ? product : next;
                    product = next;
                }
            }
        }
    }
}
