using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Bytes to their lower and upper four bits.</summary>
internal static class SplitU8
{
    /// <summary><c>low[i] = x[i] % 16; high[i] = x[i] / 16</c>; neither overlaps x.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Run(IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> low, Span<byte> high)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref byte lowTarget = ref MemoryMarshal.GetReference(low[..x.Length]);
        ref byte highTarget = ref MemoryMarshal.GetReference(high[..x.Length]);
        int i = 0;
        if (isa >= IsaLevel.Avx2)
        {
            for (; i <= x.Length - 32; i += 32)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)i);
                Vector256<byte> mask = Vector256.Create((byte)15);
                (bytes & mask).StoreUnsafe(ref lowTarget, (nuint)i);
                ((bytes.AsUInt16() >> 4).AsByte() & mask).StoreUnsafe(ref highTarget, (nuint)i);
            }
        }

        if (isa >= IsaLevel.Vector128)
        {
            for (; i <= x.Length - 16; i += 16)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)i);
                Vector128<byte> mask = Vector128.Create((byte)15);
                (bytes & mask).StoreUnsafe(ref lowTarget, (nuint)i);
                ((bytes.AsUInt16() >> 4).AsByte() & mask).StoreUnsafe(ref highTarget, (nuint)i);
            }
        }

        for (; i < x.Length; i++)
        {
            int value = Unsafe.Add(ref source, i);
            Unsafe.Add(ref lowTarget, i) = (byte)(value & 15);
            Unsafe.Add(ref highTarget, i) = (byte)(value >> 4);
        }
    }
}
