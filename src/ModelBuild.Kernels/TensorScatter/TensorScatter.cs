using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX TensorScatter: writes a piece of a sequence into a cache, for each sample at an index of its own.</summary>
internal static class TensorScatter
{
    /// <summary>Copies <paramref name="past"/> and puts <paramref name="update"/> in its place.</summary>
    /// <param name="past">[batch, middle, length, inner].</param>
    /// <param name="update">[batch, middle, count, inner].</param>
    /// <param name="indices">[batch], or none for 0.</param>
    /// <param name="present">As <paramref name="past"/>.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="middle">What lies between the batch and the sequence.</param>
    /// <param name="length">The length of the cache.</param>
    /// <param name="count">The length of the piece.</param>
    /// <param name="inner">What lies behind the sequence.</param>
    /// <param name="circular">Whether the piece goes on at the beginning where the cache ends.</param>
    /// <exception cref="ArgumentException">The piece does not fit.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> past, ReadOnlySpan<T> update, ReadOnlySpan<long> indices, Span<T> present, int batch, int middle, int length, int count, int inner, bool circular)
    {
        past.CopyTo(present);
        for (int b = 0; b < batch; b++)
        {
            long first = indices.IsEmpty ? 0 : indices[b];
            if (first < 0 || (!circular && first + count > length))
            {
                throw new ArgumentException($"A piece of {count} does not fit at {first} into a cache of {length}.", nameof(indices));
            }

            for (int m = 0; m < middle; m++)
            {
                for (int s = 0; s < count; s++)
                {
                    int to = (int)((first + s) % length);
                    update.Slice(((((b * middle) + m) * count) + s) * inner, inner).CopyTo(present[(((((b * middle) + m) * length) + to) * inner)..]);
                }
            }
        }
    }
}
