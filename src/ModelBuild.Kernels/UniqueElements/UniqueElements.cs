using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Unique, of x seen as <c>[outer, axis, inner]</c>: which slices along the axis are the first of their kind. They are sorted, so that equal ones lie together; NaN equals
/// itself and comes last, as in NumPy. Texts are compared by their UTF-16 code units, complex numbers by their real parts, and where those are equal by the imaginary ones.
/// </summary>
internal static class UniqueElements
{
    /// <summary>Finds them.</summary>
    /// <param name="x">[outer, axis, inner].</param>
    /// <param name="scratch">[2, axis].</param>
    /// <param name="indices">[axis]: the first occurrence of each, as many as there are.</param>
    /// <param name="inverse">[axis]: which of them each slice is.</param>
    /// <param name="counts">[axis]: how often each occurs.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="outer">Elements before the axis.</param>
    /// <param name="axis">Elements along the axis.</param>
    /// <param name="inner">Elements behind the axis.</param>
    /// <param name="isSorted">Whether they come in ascending order rather than in that of their occurrence.</param>
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<long> scratch, Span<long> indices, Span<long> inverse, Span<long> counts, Span<long> count, int outer, int axis, int inner, bool isSorted)
        where T : IComparable<T>
    {
        Span<long> order = scratch[..axis], other = scratch.Slice(axis, axis);
        for (int i = 0; i < axis; i++)
        {
            order[i] = i;
        }

        Sort(x, order, other, outer, axis, inner);

        // Equal slices are in the order of their occurrence: the first of a run stands for all.
        int found = 0;
        for (int i = 0; i < axis; i++)
        {
            if (i == 0 || Compare(x, (int)order[i - 1], (int)order[i], outer, axis, inner) != 0)
            {
                indices[found] = order[i];
                counts[found++] = 0;
            }

            counts[found - 1]++;
            inverse[(int)order[i]] = found - 1;
        }

        count[0] = found;
        if (!isSorted)
        {
            OrderByOccurrence(order, other, indices, inverse, counts, found, axis);
        }
    }

    /// <summary>Finds them among complex numbers of 32-bit floats.</summary>
    public static void RunComplex64(
        ReadOnlySpan<Complex64> x, Span<long> scratch, Span<long> indices, Span<long> inverse, Span<long> counts, Span<long> count, int outer, int axis, int inner, bool isSorted) =>
        Run(MemoryMarshal.Cast<Complex64, float>(x), scratch, indices, inverse, counts, count, outer, axis, 2 * inner, isSorted);

    /// <summary>Finds them among complex numbers of 64-bit floats.</summary>
    public static void RunComplex128(
        ReadOnlySpan<Complex> x, Span<long> scratch, Span<long> indices, Span<long> inverse, Span<long> counts, Span<long> count, int outer, int axis, int inner, bool isSorted) =>
        Run(MemoryMarshal.Cast<Complex, double>(x), scratch, indices, inverse, counts, count, outer, axis, 2 * inner, isSorted);

    // By merging runs that double in length; the result is stable.
    private static void Sort<T>(ReadOnlySpan<T> x, Span<long> order, Span<long> other, int outer, int axis, int inner)
        where T : IComparable<T>
    {
        for (long width = 1; width < axis; width *= 2)
        {
            order.CopyTo(other);
            for (long start = 0; start + width < axis; start += 2 * width)
            {
                int left = (int)start, middle = (int)(start + width), right = middle, end = (int)Math.Min(start + (2 * width), axis);
                for (int to = left; to < end; to++)
                {
                    bool isLeft = right == end || (left < middle && Compare(x, (int)other[left], (int)other[right], outer, axis, inner) <= 0);
                    order[to] = other[isLeft ? left++ : right++];
                }
            }
        }
    }

    private static void OrderByOccurrence(Span<long> firsts, Span<long> places, Span<long> indices, Span<long> inverse, Span<long> counts, int found, int axis)
    {
        int next = 0;
        indices[..found].CopyTo(firsts);
        for (int i = 0; i < axis; i++)
        {
            if (firsts[(int)inverse[i]] == i)
            {
                indices[next] = i;
                places[(int)inverse[i]] = next++;
            }
        }

        counts[..found].CopyTo(firsts);
        for (int i = 0; i < found; i++)
        {
            counts[(int)places[i]] = firsts[i];
        }

        for (int i = 0; i < axis; i++)
        {
            inverse[i] = places[(int)inverse[i]];
        }
    }

    private static int Compare<T>(ReadOnlySpan<T> x, int a, int b, int outer, int axis, int inner)
        where T : IComparable<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int order = Compare(x[(((o * axis) + a) * inner) + i], x[(((o * axis) + b) * inner) + i]);
                if (order != 0)
                {
                    return order;
                }
            }
        }

        return 0;
    }

    private static int Compare<T>(T left, T right)
        where T : IComparable<T>
    {
        if (left is string text)
        {
            return string.CompareOrdinal(text, right as string);
        }

        bool isLeftNaN = IsNaN(left), isRightNaN = IsNaN(right);
        return isLeftNaN || isRightNaN ? isLeftNaN.CompareTo(isRightNaN) : left.CompareTo(right);
    }

    private static bool IsNaN<T>(T value) => value is float single ? float.IsNaN(single) : value is double wide ? double.IsNaN(wide) : value is Half half && Half.IsNaN(half);
}
