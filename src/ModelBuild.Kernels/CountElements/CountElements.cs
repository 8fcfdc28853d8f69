using System;

namespace ModelBuild.Kernels;

/// <summary>How many elements there are that ONNX NonZero and Compress give, and those elements.</summary>
internal static class CountElements
{
    /// <summary>How many elements are not their type's default: zero, false.</summary>
    public static void NonZero<T>(ReadOnlySpan<T> x, Span<long> count)
        where T : IEquatable<T>
    {
        long found = 0;
        for (int i = 0; i < x.Length; i++)
        {
            found += x[i].Equals(default!) ? 0 : 1;
        }

        count[0] = found;
    }

    /// <summary>The indices of elements that are not default, axis by axis: y is [rank, count].</summary>
    public static void Indices<T>(ReadOnlySpan<T> x, ReadOnlySpan<long> sizes, Span<long> y)
        where T : IEquatable<T>
    {
        int rank = sizes.Length;
        int count = rank == 0 ? 0 : y.Length / rank;
        int next = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i].Equals(default!))
            {
                continue;
            }

            long rest = i;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                y[(axis * count) + next] = rest % sizes[axis];
                rest /= sizes[axis];
            }

            next++;
        }
    }
}
