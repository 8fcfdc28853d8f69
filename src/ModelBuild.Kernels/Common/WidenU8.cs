using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Bytes to 16-bit words. Where no instruction multiplies unsigned with signed bytes exactly, an 8-bit layer widens its inputs once, before its loops, instead of
/// at each of the many times that it reads them.
/// </summary>
internal static class WidenU8
{
    /// <summary><c>y[i] = x[i]</c>; <paramref name="y"/> is as long as <paramref name="x"/> at least, and does not overlap it.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Run(IsaLevel isa, ReadOnlySpan<byte> x, Span<short> y)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref short target = ref MemoryMarshal.GetReference(y[..x.Length]);
        int i = 0;
        if (isa >= IsaLevel.Avx512)
        {
            i = RunVector512(ref source, ref target, x.Length);
        }

        if (isa >= IsaLevel.Avx2)
        {
            for (; i <= x.Length - 16; i += 16)
            {
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        if (isa >= IsaLevel.Vector128)
        {
            for (; i <= x.Length - 8; i += 8)
            {
                Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte();
                Vector128.WidenLower(bytes).AsInt16().StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < x.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
        }
    }

    /// <summary>Widens what fills whole vectors and returns the first byte that is left.</summary>
    [MethodImpl(HotLoop.Avx512)]
    private static int RunVector512(ref byte source, ref short target, int length)
    {
        int i = 0;
        for (; i <= length - 32; i += 32)
        {
            Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }
}
