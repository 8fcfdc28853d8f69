using System;

namespace ModelBuild.Kernels.Tests.Parts;

/// <summary>A kernel call that writes <paramref name="y"/>.</summary>
internal delegate void Whole<T>(Span<T> y);

/// <summary>One part of a kernel call that writes its share of <paramref name="y"/>.</summary>
internal delegate void Part<T>(Span<T> y, int part, int parts);

/// <summary>Checks that the parts of a call, whatever their number and order, give the bits of one call.</summary>
internal static class PartsCheck
{
    public const int MostParts = 7;

    public static void Equal<T>(int length, string context, Whole<T> whole, Part<T> part)
        where T : unmanaged
    {
        var expected = new T[length];
        whole(expected);
        for (var parts = 1; parts <= MostParts; parts++)
        {
            // Backwards, so that a part that needs another one fails; what no part writes keeps the guard's pattern.
            var y = new Guarded<T>(length);
            for (var i = parts - 1; i >= 0; i--)
            {
                part(y.Span, i, parts);
            }

            Bits.ShouldEqual<T>(y.Span, expected, $"{context}, {parts} parts");
            y.AssertIntact($"{context}, {parts} parts");
        }
    }

    /// <summary>Clears what lies between the <paramref name="channels"/> of a concatenation that a kernel writes, which it leaves as it is.</summary>
    public static void ClearOthers<T>(Span<T> y, int channels, int stride, int offset)
    {
        for (var i = 0; i < y.Length; i += stride)
        {
            y.Slice(i, offset).Clear();
            y[(i + offset + channels)..(i + stride)].Clear();
        }
    }
}
