using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        var sum = new ResidualAddVectors(add);
        nint i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            sum.Add(ref Unsafe.Add(ref first, i), ref Unsafe.Add(ref second, i)).StoreUnsafe(ref Unsafe.Add(ref target, i));
        }

        int rest = a.Length - (int)i;
        if (rest > 0)
        {
            Vector128<byte> lastFirst = PartialLanes.Load(ref Unsafe.Add(ref first, i), rest);
            Vector128<byte> lastSecond = PartialLanes.Load(ref Unsafe.Add(ref second, i), rest);
            Vector128<byte> last = sum.Add(ref Unsafe.As<Vector128<byte>, byte>(ref lastFirst), ref Unsafe.As<Vector128<byte>, byte>(ref lastSecond));
            PartialLanes.Store(ref Unsafe.Add(ref target, i), last, rest);
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
