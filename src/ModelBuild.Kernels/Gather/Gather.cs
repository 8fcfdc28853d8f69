using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Gather along the middle axis: <c>y[o, i, :] = data[o, indices[i], :]</c> for <c>data[outer, axis, inner]</c>. A negative index counts from the end; one
/// beyond -axis to axis - 1 throws. y may not overlap data.
/// </summary>
internal static class Gather
{
    public static void Run<T, TIndex>(ReadOnlySpan<T> data, ReadOnlySpan<TIndex> indices, Span<T> y, int outer, int axis, int inner)
        where TIndex : struct, IBinaryInteger<TIndex>
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> from = data.Slice(o * axis * inner, axis * inner);
            Span<T> to = y.Slice(o * indices.Length * inner, indices.Length * inner);
            for (int i = 0; i < indices.Length; i++)
            {
                int index = AxisIndex.Resolve(indices[i], axis);
                if (inner == 1)
                {
                    to[i] = from[index];
                }
                else
                {
                    from.Slice(index * inner, inner).CopyTo(to[(i * inner)..]);
                }
            }
        }
    }
}
