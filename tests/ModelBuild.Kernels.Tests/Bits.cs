using System;
using System.Runtime.InteropServices;
using Shouldly;

namespace ModelBuild.Kernels.Tests;

/// <summary>Comparison of results bit by bit: -0 differs from +0, and one NaN is as good as another (their payload is not part of the float contract).</summary>
internal static class Bits
{
    public static void ShouldEqual<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> expected, string context)
        where T : unmanaged
    {
        actual.Length.ShouldBe(expected.Length, context);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!Same(actual[i], expected[i]))
            {
                throw new ShouldAssertException($"{context}: element {i} is {actual[i]} instead of {expected[i]}");
            }
        }
    }

    private static bool Same<T>(T a, T b)
        where T : unmanaged
    {
        if (a is float x && b is float y)
        {
            return BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y) || (float.IsNaN(x) && float.IsNaN(y));
        }

        return MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));
    }
}
