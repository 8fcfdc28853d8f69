using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Adds a multiple of one row to another, with fused multiply-adds: elements are independent, so the width of a vector does not matter.</summary>
internal static class RowProduct
{
    /// <summary><c>sum[i] += factor * row[i]</c>.</summary>
    public static void Add(float factor, ReadOnlySpan<float> row, Span<float> sum)
    {
        ref float from = ref MemoryMarshal.GetReference(row);
        ref float to = ref MemoryMarshal.GetReference(sum);
        int length = Math.Min(row.Length, sum.Length);
        int i = Isa.HasAvx512 ? AddVector512(factor, ref from, ref to, length) : 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> wide = Vector256.Create(factor);
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256.FusedMultiplyAdd(wide, Vector256.LoadUnsafe(ref from, (nuint)i), Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < length; i++)
        {
            sum[i] = MathF.FusedMultiplyAdd(factor, row[i], sum[i]);
        }
    }

    /// <summary>Adds what fills whole vectors and returns the first element that is left.</summary>
    [MethodImpl(HotLoop.Avx512)]
    private static int AddVector512(float factor, ref float from, ref float to, int length)
    {
        Vector512<float> wide = Vector512.Create(factor);
        int i = 0;
        for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512.FusedMultiplyAdd(wide, Vector512.LoadUnsafe(ref from, (nuint)i), Vector512.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }
}
