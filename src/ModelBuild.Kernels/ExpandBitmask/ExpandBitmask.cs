using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Expands a pruned tensor, once, when a model is loaded: bit <c>i % 8</c> of <c>mask[i / 8]</c> says whether element i is stored, in order, in <c>values</c>, or is
/// zero. y decides the length.
/// </summary>
internal static class ExpandBitmask
{
    public static void Run<T>(ReadOnlySpan<byte> mask, ReadOnlySpan<T> values, Span<T> y)
        where T : unmanaged
    {
        int next = 0;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = IsStored(mask, i) ? values[next++] : default;
        }
    }

    /// <summary>The same of values that are stored as 16-bit floats.</summary>
    public static void Widen(ReadOnlySpan<byte> mask, ReadOnlySpan<Half> values, Span<float> y)
    {
        int next = 0;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = IsStored(mask, i) ? (float)values[next++] : 0f;
        }
    }

    private static bool IsStored(ReadOnlySpan<byte> mask, int i) => (mask[i >> 3] >> (i & 7) & 1) != 0;
}
