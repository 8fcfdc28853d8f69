using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y[i] = table[x[i]]</c>: any function of one quantized tensor (Sigmoid, HardSwish, a change of scale) as a table of its 256 results. y may be x itself.
/// </summary>
internal static class LookupU8
{
    /// <summary>Looks up all of <paramref name="x"/>; <paramref name="table"/> has 256 entries.</summary>
    public static void Run(ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y) => RunOn(Isa.Best, x, table, y);

    /// <summary>
    /// <see cref="Run"/> on one instruction set. Only a permutation of whole vectors beats a lookup per byte, so that there is one variant besides the reference.
    /// </summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y)
    {
        int done = isa == IsaLevel.Avx512 ? RunVector512(x, table, y[..x.Length]) : 0;
        Reference(x[done..], table, y[done..]);
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y)
    {
        table = table[..256];
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = table[x[i]];
        }
    }

    /// <summary>Looks up what fills whole vectors, where there is such a permutation, and returns the first byte that is left.</summary>
    [MethodImpl(HotLoop.Avx512)]
    private static int RunVector512(ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y) => Avx512Vbmi.IsSupported ? RunVector512Vbmi(x, table, y) : 0;

    /// <summary>
    /// The table is four vectors: one permutation selects from the lower two by the low seven bits of the index, another from the upper two, and bit seven
    /// chooses between the results.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static int RunVector512Vbmi(ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref byte target = ref MemoryMarshal.GetReference(y);
        ref byte entries = ref MemoryMarshal.GetReference(table[..256]);
        Vector512<byte> table0 = Vector512.LoadUnsafe(ref entries);
        Vector512<byte> table1 = Vector512.LoadUnsafe(ref entries, 64);
        Vector512<byte> table2 = Vector512.LoadUnsafe(ref entries, 128);
        Vector512<byte> table3 = Vector512.LoadUnsafe(ref entries, 192);
        nint i = 0;
        for (; i <= x.Length - 64; i += 64)
        {
            Vector512<byte> index = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, i));
            Vector512<byte> lower = Avx512Vbmi.PermuteVar64x8x2(table0, index, table1);
            Vector512<byte> upper = Avx512Vbmi.PermuteVar64x8x2(table2, index, table3);
            Vector512<byte> isUpper = Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            Vector512.ConditionalSelect(isUpper, upper, lower).StoreUnsafe(ref Unsafe.Add(ref target, i));
        }

        return (int)i;
    }
}
