using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX TfIdfVectorizer: how often each n-gram of a pool occurs, with up to some elements left out between its elements.</summary>
internal static class TfIdf
{
    /// <summary>Counts, and weighs the counts.</summary>
    /// <param name="x">[rows, length].</param>
    /// <param name="pool">All n-grams, first those of one element, then those of two, and so on.</param>
    /// <param name="starts">Where in the pool the n-grams of each number of elements begin.</param>
    /// <param name="places">For each n-gram, its place in a row of the output.</param>
    /// <param name="weights">For each n-gram, its weight; none for 1.</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="width">The length of a row of the output.</param>
    /// <param name="shortest">The fewest elements of an n-gram.</param>
    /// <param name="longest">The most elements of an n-gram.</param>
    /// <param name="skips">How many elements may lie between two of an n-gram.</param>
    /// <param name="mode">0: counts; 1: weights of those that occur; 2: counts times weights.</param>
    public static void Run<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> pool,
        ReadOnlySpan<long> starts,
        ReadOnlySpan<long> places,
        ReadOnlySpan<float> weights,
        Span<float> y,
        int rows,
        int length,
        int width,
        int shortest,
        int longest,
        int skips,
        int mode)
        where T : IEquatable<T>
    {
        y.Clear();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> items = x.Slice(row * length, length);
            Span<float> counts = y.Slice(row * width, width);
            int gram = 0;
            for (int n = 1; n <= starts.Length; n++)
            {
                int begin = (int)starts[n - 1];
                int end = n < starts.Length ? (int)starts[n] : pool.Length;
                for (int at = begin; at + n <= end; at += n, gram++)
                {
                    if (n < shortest || n > longest)
                    {
                        continue;
                    }

                    // Of one element nothing can be left out.
                    for (int step = 1; step <= (n == 1 ? 1 : skips + 1); step++)
                    {
                        for (int first = 0; first + ((n - 1) * step) < length; first++)
                        {
                            int same = 0;
                            while (same < n && items[first + (same * step)].Equals(pool[at + same]))
                            {
                                same++;
                            }

                            counts[(int)places[gram]] += same == n ? 1 : 0;
                        }
                    }
                }
            }

            for (int i = 0; mode > 0 && i < places.Length; i++)
            {
                float weight = weights.IsEmpty ? 1 : weights[i];
                ref float count = ref counts[(int)places[i]];
                count = mode == 1 ? count > 0 ? weight : 0 : count * weight;
            }
        }
    }
}
