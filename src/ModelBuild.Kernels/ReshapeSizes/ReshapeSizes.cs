using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The sizes that ONNX's Reshape gives its output, where the target shape is computed in the course of the run.</summary>
internal static class ReshapeSizes
{
    /// <summary>Resolves 0, which copies a size, and -1, which stands for whatever is left.</summary>
    /// <param name="input">The input's sizes.</param>
    /// <param name="target">The target shape.</param>
    /// <param name="sizes">Gets the resolved sizes; as long as <paramref name="target"/>.</param>
    /// <param name="allowZero">Whether 0 means 0.</param>
    /// <exception cref="ArgumentException">The target is no shape for that many values.</exception>
    public static void Run<T>(ReadOnlySpan<long> input, ReadOnlySpan<T> target, Span<long> sizes, bool allowZero)
        where T : IBinaryInteger<T>
    {
        long count = 1;
        for (var i = 0; i < input.Length; i++)
        {
            count *= input[i];
        }

        long product = 1;
        var open = -1;
        for (var i = 0; i < target.Length; i++)
        {
            var size = long.CreateChecked(target[i]);
            if (size == 0 && !allowZero)
            {
                size = i < input.Length ? input[i] : -2;
            }

            if (size < -1 || (size == -1 && open >= 0))
            {
                throw new ArgumentException($"Reshape cannot give {count} values the size {size} along axis {i}.", nameof(target));
            }

            sizes[i] = size;
            if (size == -1)
            {
                open = i;
            }
            else
            {
                product = checked(product * size);
            }
        }

        if (open >= 0)
        {
            sizes[open] = product == 0 ? 0 : count / product;
            product *= sizes[open];
        }

        if (product != count)
        {
            throw new ArgumentException($"Reshape cannot give {count} values a shape of {product}.", nameof(target));
        }
    }
}
