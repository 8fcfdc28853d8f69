using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX GatherElements: each element of y is the one of <c>data</c> at the same position, except that along one axis the index stands in <c>indices</c>. y and indices
/// have the lengths of <c>shape</c>; its strides are those of data, 0 along the axis. A negative index counts from the end; one out of range throws.
/// </summary>
internal static class GatherElements
{
    public static void Run<T, TIndex>(ReadOnlySpan<T> data, ReadOnlySpan<TIndex> indices, Span<T> y, int axisLength, int axisStride, in StridedShape shape)
        where TIndex : struct, IBinaryInteger<TIndex>
    {
        Odometer rows = new(shape.Rank, shape.Lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes steps = rows.Steps(shape.Strides);
        int stride = rows.RowStride(shape.Strides);
        int from = 0;
        int at = 0;
        while (true)
        {
            for (int i = 0; i < rows.RowLength; i++)
            {
                y[at + i] = data[from + (i * stride) + (AxisIndex.Resolve(indices[at + i], axisLength) * axisStride)];
            }

            at += rows.RowLength;
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            from += steps[axis];
        }
    }
}
