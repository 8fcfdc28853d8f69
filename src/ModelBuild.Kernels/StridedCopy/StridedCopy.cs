using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Copies what strides select into a contiguous tensor: ONNX Slice, Split, Expand and Tile are all this (see <see cref="StridedShape"/>). y may not overlap x.
/// </summary>
internal static class StridedCopy
{
    // Rows that are no longer cost less as a loop than as a call.
    private const int ShortRow = 16;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, in StridedShape shape)
    {
        // The rows of the innermost two axes go together: with short rows, finding the next one would take longer than copying it.
        bool isPlane = shape.Rank >= 2;
        Odometer planes = new(isPlane ? shape.Rank - 1 : shape.Rank, shape.Lengths);
        Axes strides = shape.Strides;
        int stride = isPlane ? strides[shape.Rank - 1] : planes.RowStride(strides);
        int length = isPlane ? shape.Lengths[shape.Rank - 1] : planes.RowLength;
        if (planes.IsEmpty || length == 0)
        {
            return;
        }

        int rows = isPlane ? planes.RowLength : 1;
        int rowStride = isPlane ? planes.RowStride(strides) : 0;
        Axes steps = planes.Steps(strides);
        int from = shape.Start;
        int to = 0;
        while (true)
        {
            Plane(x, from, rowStride, stride, length, y.Slice(to, rows * length));
            int axis = planes.Advance();
            if (axis < 0)
            {
                return;
            }

            from += steps[axis];
            to += rows * length;
        }
    }

    /// <summary>Fills y with rows of <paramref name="length"/> elements.</summary>
    private static void Plane<T>(ReadOnlySpan<T> x, int from, int rowStride, int stride, int length, Span<T> y)
    {
        if (stride != 0 && (stride != 1 || length <= ShortRow))
        {
            // The corners lie in x, so everything between them does.
            int lastRow = from + (((y.Length / length) - 1) * rowStride);
            int reach = (length - 1) * stride;
            _ = x[from];
            _ = x[lastRow];
            _ = x[from + reach];
            _ = x[lastRow + reach];
            Elements(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), from), rowStride, stride, length, y);
            return;
        }

        for (int to = 0; to < y.Length; to += length, from += rowStride)
        {
            if (stride == 1)
            {
                x.Slice(from, length).CopyTo(y[to..]);
            }
            else
            {
                y.Slice(to, length).Fill(x[from]);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Elements<T>(ref T x, nint rowStride, nint stride, nint length, Span<T> y)
    {
        ref T target = ref MemoryMarshal.GetReference(y);
        for (nint to = 0; to < y.Length; to += length)
        {
            ref T source = ref x;
            for (nint i = 0; i < length; i++)
            {
                Unsafe.Add(ref target, to + i) = source;
                source = ref Unsafe.Add(ref source, stride);
            }

            x = ref Unsafe.Add(ref x, rowStride);
        }
    }
}
