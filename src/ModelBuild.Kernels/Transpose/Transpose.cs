using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Transpose: output axis i is input axis <c>Permutation[i]</c>. Axes that stay neighbours move as one, whatever stays contiguous is copied in rows, and
/// everything else is transposed in planes (<see cref="TransposePlane"/>). y may not overlap x.
/// </summary>
internal static class Transpose
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, in TransposeShape shape)
        where T : unmanaged => RunOn(Isa.Best, x, y, in shape);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    public static void RunOn<T>(IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, in TransposeShape shape)
        where T : unmanaged
    {
        int rank = Merge(in shape, out Axes lengths, out Axes strides);
        Odometer rows = new(rank, lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        // Every element of either tensor is visited, so these lengths are what makes the unchecked accesses of the planes legal.
        int count = rows.RowLength;
        for (int axis = 0; axis < rank - 1; axis++)
        {
            count *= lengths[axis];
        }

        x = x[..count];
        y = y[..count];
        if (rank == 0 || strides[rank - 1] == 1)
        {
            CopyRows(x, y, rows, in strides);
        }
        else
        {
            RunPlanes(isa, x, y, rank, lengths, in strides);
        }
    }

    /// <summary>
    /// Describes the output by its lengths and the input's strides, outermost axis first: axes of length 1 are dropped, and axes that are neighbours in both tensors
    /// become one. Returns how many are left.
    /// </summary>
    private static int Merge(in TransposeShape shape, out Axes lengths, out Axes strides)
    {
        Axes inputLengths = shape.Lengths;
        Axes permutation = shape.Permutation;
        Axes inputStrides = default;
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            inputStrides[axis] = stride;
            stride *= inputLengths[axis];
        }

        lengths = default;
        strides = default;
        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int length = inputLengths[permutation[axis]];
            int step = inputStrides[permutation[axis]];
            if (length == 1)
            {
                continue;
            }

            if (rank > 0 && strides[rank - 1] == step * length)
            {
                lengths[rank - 1] *= length;
                strides[rank - 1] = step;
            }
            else
            {
                lengths[rank] = length;
                strides[rank] = step;
                rank++;
            }
        }

        return rank;
    }

    private static void CopyRows<T>(ReadOnlySpan<T> x, Span<T> y, Odometer rows, in Axes strides)
    {
        Axes steps = rows.Steps(in strides);
        int length = rows.RowLength;
        int from = 0;
        int to = 0;
        while (true)
        {
            x.Slice(from, length).CopyTo(y[to..]);
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            from += steps[axis];
            to += length;
        }
    }

    /// <summary>
    /// Transposes the plane of the innermost output axis and the axis that is innermost in the input, once for every position of the other axes.
    /// </summary>
    private static void RunPlanes<T>(IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, int rank, Axes lengths, in Axes strides)
        where T : unmanaged
    {
        // The axis that is contiguous in the input: some axis is, since axes of length 1 are gone.
        int near = 0;
        while (strides[near] != 1)
        {
            near++;
        }

        Axes outputStrides = default;
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            outputStrides[axis] = stride;
            stride *= lengths[axis];
        }

        TransposePlane plane = new(lengths[near], outputStrides[near], lengths[rank - 1], strides[rank - 1]);

        // What is left are the outer axes; the plane takes the place of both of its own.
        lengths[near] = 1;
        lengths[rank - 1] = 1;
        Odometer planes = new(rank, lengths);
        Axes inputSteps = planes.Steps(in strides);
        Axes outputSteps = planes.Steps(in outputStrides);
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y);
        while (true)
        {
            plane.Run(isa, ref from, ref to);
            int axis = planes.Advance();
            if (axis < 0)
            {
                return;
            }

            from = ref Unsafe.Add(ref from, inputSteps[axis]);
            to = ref Unsafe.Add(ref to, outputSteps[axis]);
        }
    }
}
