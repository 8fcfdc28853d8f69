using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ScatterElements, on a y that holds the data already: each update goes to its own position, except that along one axis the index stands in <c>indices</c>.
/// Updates and indices have the lengths of <c>shape</c>; its strides are those of y, 0 along the axis. Updates of the same element follow one another in order.
/// A negative index counts from the end; one out of range throws.
/// </summary>
internal static class ScatterElements
{
    public static void Run<T, TIndex, TOperation>(
        ReadOnlySpan<TIndex> indices, ReadOnlySpan<T> updates, Span<T> y, int axisLength, int axisStride, in StridedShape shape, TOperation operation)
        where TIndex : struct, IBinaryInteger<TIndex>
        where TOperation : struct, IBinary<T, T>
    {
        Odometer rows = new(shape.Rank, shape.Lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes steps = rows.Steps(shape.Strides);
        int stride = rows.RowStride(shape.Strides);
        int to = 0;
        int at = 0;
        while (true)
        {
            for (int i = 0; i < rows.RowLength; i++)
            {
                int target = to + (i * stride) + (AxisIndex.Resolve(indices[at + i], axisLength) * axisStride);
                y[target] = operation.Invoke(y[target], updates[at + i]);
            }

            at += rows.RowLength;
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            to += steps[axis];
        }
    }
}
