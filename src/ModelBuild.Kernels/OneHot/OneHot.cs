using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX OneHot: <c>indices[outer, inner]</c> become <c>y[outer, depth, inner]</c>, which is <c>values[1]</c> where the middle index is the given one and <c>values[0]</c> elsewhere.
/// A negative index counts from the end; one out of range sets nothing.
/// </summary>
internal static class OneHot
{
    public static void Run<TIndex, T>(ReadOnlySpan<TIndex> indices, Span<T> y, int outer, int depth, int inner, ReadOnlySpan<T> values)
        where TIndex : struct, INumber<TIndex>
    {
        y.Fill(values[0]);
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                long index = long.CreateSaturating(indices[(o * inner) + lane]);
                index = index < 0 ? index + depth : index;
                if ((ulong)index < (ulong)depth)
                {
                    y[(((o * depth) + (int)index) * inner) + lane] = values[1];
                }
            }
        }
    }
}
