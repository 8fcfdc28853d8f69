using System;
using System.Globalization;

namespace ModelBuild.Kernels;

/// <summary>ai.onnx.ml CastMap: the values of a map as a vector. A map is its keys [entries] and the values of them [entries], in any order.</summary>
internal static class MapEntries
{
    /// <summary>The values in the order of their keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">A value for each.</param>
    /// <param name="scratch">[entries].</param>
    /// <param name="y">[entries].</param>
    /// <exception cref="ArgumentException">A key stands there twice.</exception>
    public static void Sort<TValue>(ReadOnlySpan<long> keys, ReadOnlySpan<TValue> values, Span<long> scratch, Span<TValue> y)
    {
        Span<long> sorted = scratch[..keys.Length];
        keys.CopyTo(sorted);
        values.CopyTo(y);
        MemoryExtensions.Sort(sorted, y[..keys.Length]);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The key {sorted[i]} stands twice in the map."), nameof(keys));
            }
        }
    }

    /// <summary>Each value at the place that its key says; <paramref name="pad"/> where there is no key. Larger keys than y has places are left out; of equal ones the first counts.</summary>
    /// <exception cref="ArgumentException">A key is negative.</exception>
    public static void Place<TValue>(ReadOnlySpan<long> keys, ReadOnlySpan<TValue> values, ReadOnlySpan<TValue> pad, Span<TValue> y)
    {
        y.Fill(pad[0]);
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            if (keys[i] < 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The key {keys[i]} of the map is negative."), nameof(keys));
            }

            if (keys[i] < y.Length)
            {
                y[(int)keys[i]] = values[i];
            }
        }
    }
}
