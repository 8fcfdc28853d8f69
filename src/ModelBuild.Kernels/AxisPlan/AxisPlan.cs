using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>What operators mean by axes that are computed in the course of a run: sizes, and orders of axes, as vectors of 64-bit integers. A negative axis counts from the end.</summary>
internal static class AxisPlan
{
    /// <summary>The order in which the given axes come last, all others first, and the sizes in that order.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or is given twice.</exception>
    public static void ToEnd<T>(ReadOnlySpan<long> sizes, ReadOnlySpan<T> axes, Span<long> order, Span<long> ordered)
        where T : IBinaryInteger<T>
    {
        int rank = sizes.Length;
        int next = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            if (!Contains(axes, axis, rank))
            {
                order[next++] = axis;
            }
        }

        if (next + axes.Length != rank)
        {
            throw new ArgumentException("An axis is given twice.", nameof(axes));
        }

        for (int axis = 0; axis < rank; axis++)
        {
            if (Contains(axes, axis, rank))
            {
                order[next++] = axis;
            }
        }

        for (int i = 0; i < rank; i++)
        {
            ordered[i] = sizes[(int)order[i]];
        }
    }

    /// <summary>
    /// What is reduced along axes of which not even the number is known before: the order in which they come last, the sizes in that order, [values that are left, values that make
    /// one of them], and the sizes of the result, with 1 for each axis or without it. Without axes it is all of them, or none.
    /// </summary>
    /// <exception cref="ArgumentException">An axis does not exist, or there are not as many left as <paramref name="result"/> takes.</exception>
    public static void Reduction<T>(
        ReadOnlySpan<long> sizes, ReadOnlySpan<T> axes, Span<long> order, Span<long> ordered, Span<long> matrix, Span<long> result, bool keepsAxes, bool takesAllWithoutAxes)
        where T : IBinaryInteger<T>
    {
        int rank = sizes.Length;
        int left = 0;
        int next = 0;
        matrix[..2].Fill(1);
        for (int part = 0; part < 2; part++)
        {
            for (int axis = 0; axis < rank; axis++)
            {
                bool isReduced = axes.IsEmpty ? takesAllWithoutAxes : Contains(axes, axis, rank);
                if (isReduced == (part == 1))
                {
                    (order[next], ordered[next]) = (axis, sizes[axis]);
                    matrix[part] *= sizes[axis];
                    next++;
                }

                if (part == 0 && (keepsAxes || !isReduced) && left++ < result.Length)
                {
                    result[left - 1] = isReduced ? 1 : sizes[axis];
                }
            }
        }

        if (left != result.Length)
        {
            throw new ArgumentException($"{left} axes are left of {rank}, where the model declares {result.Length}.", nameof(axes));
        }
    }

    /// <summary>The order that undoes another.</summary>
    public static void Inverse(ReadOnlySpan<long> order, Span<long> inverse)
    {
        for (int i = 0; i < order.Length; i++)
        {
            inverse[(int)order[i]] = i;
        }
    }

    /// <summary>The sizes with 1 for the given axes.</summary>
    public static void Keep<T>(ReadOnlySpan<long> sizes, ReadOnlySpan<T> axes, Span<long> result)
        where T : IBinaryInteger<T>
    {
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            result[axis] = Contains(axes, axis, sizes.Length) ? 1 : sizes[axis];
        }
    }

    /// <summary>The sizes without those of the given axes.</summary>
    /// <exception cref="ArgumentException">There are not as many left as <paramref name="result"/> takes.</exception>
    public static void Remove<T>(ReadOnlySpan<long> sizes, ReadOnlySpan<T> axes, Span<long> result)
        where T : IBinaryInteger<T>
    {
        int next = 0;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (!Contains(axes, axis, sizes.Length) && next < result.Length)
            {
                result[next++] = sizes[axis];
            }
        }

        if (next != result.Length)
        {
            throw new ArgumentException("An axis is given twice.", nameof(axes));
        }
    }

    /// <summary>The sizes with 1 inserted so that it stands at the given axes of the result.</summary>
    public static void Insert<T>(ReadOnlySpan<long> sizes, ReadOnlySpan<T> axes, Span<long> result)
        where T : IBinaryInteger<T>
    {
        int next = 0;
        for (int axis = 0; axis < result.Length; axis++)
        {
            result[axis] = Contains(axes, axis, result.Length) || next == sizes.Length ? 1 : sizes[next++];
        }
    }

    /// <summary>Where a slice begins along each axis, how far it steps, and how many elements it takes, by the rules of ONNX Slice.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or a step is 0.</exception>
    public static void Slice<T>(
        ReadOnlySpan<long> sizes, ReadOnlySpan<T> starts, ReadOnlySpan<T> ends, ReadOnlySpan<T> axes, ReadOnlySpan<T> steps, Span<long> first, Span<long> step, Span<long> count)
        where T : IBinaryInteger<T>
    {
        first.Clear();
        step.Fill(1);
        sizes.CopyTo(count);
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = axes.IsEmpty ? i : Axis(long.CreateChecked(axes[i]), sizes.Length);
            long by = steps.IsEmpty ? 1 : long.CreateChecked(steps[i]);
            if (by == 0)
            {
                throw new ArgumentException("A step of a slice is 0.", nameof(steps));
            }

            long size = sizes[axis];
            long from = Bound(long.CreateSaturating(starts[i]), size, 0, by > 0 ? size : size - 1);
            long to = Bound(long.CreateSaturating(ends[i]), size, by > 0 ? 0 : -1, by > 0 ? size : size - 1);
            long distance = by > 0 ? to - from : from - to;
            first[axis] = size == 0 ? 0 : from;
            step[axis] = by;
            count[axis] = distance <= 0 || size == 0 ? 0 : ((distance - 1) / Math.Abs(by)) + 1;
        }
    }

    private static long Bound(long bound, long size, long low, long high) => Math.Clamp(bound < 0 ? bound + size : bound, low, Math.Max(low, high));

    private static bool Contains<T>(ReadOnlySpan<T> axes, int axis, int rank)
        where T : IBinaryInteger<T>
    {
        for (int i = 0; i < axes.Length; i++)
        {
            if (Axis(long.CreateChecked(axes[i]), rank) == axis)
            {
                return true;
            }
        }

        return false;
    }

    private static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new ArgumentException($"Axis {axis} is out of range for rank {rank}.", nameof(axis));
}
