using System;

namespace ModelBuild.Kernels;

/// <summary>ai.onnx.ml LabelEncoder: each element is looked up among keys, and becomes the value at the same place, or a default. NaN is a key like any other.</summary>
internal static class LabelLookup
{
    public static void Run<TKey, TValue>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, ReadOnlySpan<TValue> otherwise, Span<TValue> y)
        where TKey : IEquatable<TKey>
    {
        for (int i = 0; i < x.Length; i++)
        {
            int at = 0;
            while (at < keys.Length && !keys[at].Equals(x[i]))
            {
                at++;
            }

            y[i] = at < keys.Length ? values[at] : otherwise[0];
        }
    }
}
