using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Copies what strides select into a contiguous tensor: ONNX Slice, Split, Expand and Tile are all this (see <see cref="StridedShape"/>). y may not overlap x.
/// </summary>
internal static class StridedCopy
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, in StridedShape shape)
    {
        Odometer rows = new(shape.Rank, shape.Lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes steps = rows.Steps(shape.Strides);
        int stride = rows.RowStride(shape.Strides);
        int length = rows.RowLength;
        int from = shape.Start;
        int to = 0;
        while (true)
        {
            Row(x, from, stride, y.Slice(to, length));
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            from += steps[axis];
            to += length;
        }
    }

    private static void Row<T>(ReadOnlySpan<T> x, int from, int stride, Span<T> y)
    {
        if (stride == 1)
        {
            x.Slice(from, y.Length).CopyTo(y);
        }
        else if (stride == 0)
        {
            y.Fill(x[from]);
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = x[from + (i * stride)];
            }
        }
    }
}
