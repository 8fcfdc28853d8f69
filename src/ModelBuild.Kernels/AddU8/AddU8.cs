using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The sum of two quantized tensors of the same shape as a quantized tensor; <see cref="ResidualAdd"/> defines it. y may be a or b itself.</summary>
internal static class AddU8
{
    /// <summary>Adds all of <paramref name="a"/>; b and y are at least as long.</summary>
    public static void Run(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add) => RunOn(Isa.Best, a, b, y, add);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add)
    {
        b = b[..a.Length];
        y = y[..a.Length];
        if (isa >= IsaLevel.Avx2)
        {
            RunVector256(a, b, y, add);
        }
        else if (isa >= IsaLevel.Vector128)
        {
            RunVector128(a, b, y, add);
        }
        else
        {
            Reference(a, b, y, add);
        }
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add)
    {
        for (int i = 0; i < a.Length; i++)
        {
            y[i] = add.Apply(a[i], b[i]);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void RunVector256(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add)
    {
        ref byte first = ref MemoryMarshal.GetReference(a);
        ref byte second = ref MemoryMarshal.GetReference(b);
        ref byte target = ref MemoryMarshal.GetReference(y);
        ResidualAdd sum = add;
        var bounds = new RoundU8Bounds(add.ZeroPoint, add.Min, add.Max);
        for (nint i = 0; i < a.Length; i += 16)
        {
            int count = (int)(a.Length - i);
            PartialLanes.Store(
                ref Unsafe.Add(ref target, i),
                ResidualAddLanes.Add16(
                    PartialLanes.Load(ref Unsafe.Add(ref first, i), count), PartialLanes.Load(ref Unsafe.Add(ref second, i), count), sum, bounds),
                count);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void RunVector128(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add)
    {
        ref byte first = ref MemoryMarshal.GetReference(a);
        ref byte second = ref MemoryMarshal.GetReference(b);
        ref byte target = ref MemoryMarshal.GetReference(y);
        ResidualAdd sum = add;
        for (nint i = 0; i < a.Length; i += 8)
        {
            int count = int.Min(8, (int)(a.Length - i));
            PartialLanes.Store(
                ref Unsafe.Add(ref target, i),
                ResidualAddLanes.Add8(PartialLanes.Load(ref Unsafe.Add(ref first, i), count), PartialLanes.Load(ref Unsafe.Add(ref second, i), count), sum),
                count);
        }
    }
}
