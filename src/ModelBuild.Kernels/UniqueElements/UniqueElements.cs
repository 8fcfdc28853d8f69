using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Unique, of x seen as <c>[outer, axis, inner]</c>: which slices along the axis are the first of their kind.</summary>
internal static class UniqueElements
{
    /// <summary>Finds them.</summary>
    /// <param name="x">[outer, axis, inner].</param>
    /// <param name="indices">[axis]: the first occurrence of each, as many as there are.</param>
    /// <param name="inverse">[axis]: which of them each slice is.</param>
    /// <param name="counts">[axis]: how often each occurs.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="outer">Elements before the axis.</param>
    /// <param name="axis">Elements along the axis.</param>
    /// <param name="inner">Elements behind the axis.</param>
    /// <param name="isSorted">Whether they come in ascending order rather than in that of their occurrence.</param>
    public static void Run<T>(ReadOnlySpan<T> x, Span<long> indices, Span<long> inverse, Span<long> counts, Span<long> count, int outer, int axis, int inner, bool isSorted)
        where T : IComparable<T>
    {
        int found = 0;
        for (int i = 0; i < axis; i++)
        {
            int place = 0;
            while (place < found && Compare(x, i, (int)indices[place], outer, axis, inner) != 0)
            {
                place++;
            }

            if (place == found)
            {
                indices[found] = i;
                counts[found++] = 0;
            }

            counts[place]++;
            inverse[i] = place;
        }

        count[0] = found;
        if (isSorted)
        {
            Sort(x, indices, inverse, counts, found, outer, axis, inner);
        }
    }

    // By insertion, since equal ones are gone already.
    private static void Sort<T>(ReadOnlySpan<T> x, Span<long> indices, Span<long> inverse, Span<long> counts, int found, int outer, int axis, int inner)
        where T : IComparable<T>
    {
        for (int i = 1; i < found; i++)
        {
            for (int j = i; j > 0 && Compare(x, (int)indices[j], (int)indices[j - 1], outer, axis, inner) < 0; j--)
            {
                (indices[j], indices[j - 1]) = (indices[j - 1], indices[j]);
                (counts[j], counts[j - 1]) = (counts[j - 1], counts[j]);
                for (int k = 0; k < axis; k++)
                {
                    inverse[k] = inverse[k] == j ? j - 1 : inverse[k] == j - 1 ? j : inverse[k];
                }
            }
        }
    }

    private static int Compare<T>(ReadOnlySpan<T> x, int a, int b, int outer, int axis, int inner)
        where T : IComparable<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                T left = x[(((o * axis) + a) * inner) + i];
                T right = x[(((o * axis) + b) * inner) + i];
                int order = left is string text ? string.CompareOrdinal(text, right as string) : left.CompareTo(right);
                if (order != 0)
                {
                    return order;
                }
            }
        }

        return 0;
    }
}
