using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Transpose by an order of axes that is computed in the course of the run, and copies by strides that are; in plain loops.</summary>
internal static class TransposeBy
{
    /// <summary>Copies; axis i of y is axis <c>order[i]</c> of x.</summary>
    /// <param name="x">Of the shape <paramref name="sizes"/>.</param>
    /// <param name="sizes">The sizes of x.</param>
    /// <param name="order">The axes of x in the order of y.</param>
    /// <param name="y">As many values.</param>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<long> sizes, ReadOnlySpan<long> order, Span<T> y)
    {
        Axes lengths = default;
        Axes strides = default;
        for (int i = 0; i < order.Length; i++)
        {
            lengths[i] = (int)sizes[(int)order[i]];
            int stride = 1;
            for (int inner = (int)order[i] + 1; inner < sizes.Length; inner++)
            {
                stride *= (int)sizes[inner];
            }

            strides[i] = stride;
        }

        Copy(x, y, 0, order.Length, lengths, strides);
    }

    /// <summary>Copies the part of x that begins at <paramref name="first"/> along each axis and takes every <paramref name="step"/>th element.</summary>
    public static void Slice<T>(ReadOnlySpan<T> x, ReadOnlySpan<long> sizes, ReadOnlySpan<long> first, ReadOnlySpan<long> step, ReadOnlySpan<long> count, Span<T> y)
    {
        Axes lengths = default;
        Axes strides = default;
        int start = 0;
        int stride = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            lengths[axis] = (int)count[axis];
            strides[axis] = (int)step[axis] * stride;
            start += (int)first[axis] * stride;
            stride *= (int)sizes[axis];
        }

        Copy(x, y, start, sizes.Length, lengths, strides);
    }

    private static void Copy<T>(ReadOnlySpan<T> x, Span<T> y, int start, int rank, in Axes lengths, in Axes strides)
    {
        Odometer rows = new(rank, lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes steps = rows.Steps(in strides);
        int stride = rows.RowStride(in strides);
        int at = 0;
        int row = start;
        while (true)
        {
            for (int i = 0; i < rows.RowLength; i++)
            {
                y[at++] = x[row + (i * stride)];
            }

            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            row += steps[axis];
        }
    }
}
