using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Floats to bytes: <c>y = saturate(roundHalfEven(x / scale) + zeroPoint)</c> with a true division, as ONNX defines it. Infinities saturate, NaN becomes 0.
/// </summary>
internal static class QuantizeU8
{
    /// <summary>Quantizes all of <paramref name="x"/>; y is at least as long and does not overlap it.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint)
    {
        y = y[..x.Length];
        if (isa >= IsaLevel.Avx2 && x.Length >= 16)
        {
            RunVector256(x, y, scale, zeroPoint);
        }
        else if (isa >= IsaLevel.Vector128 && x.Length >= 8)
        {
            RunVector128(x, y, scale, zeroPoint);
        }
        else
        {
            Reference(x, y, scale, zeroPoint);
        }
    }

    /// <summary>The definition.</summary>
    public static void Reference(ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Requantize.Quantize(x[i] / scale, zeroPoint, 0, 255);
        }
    }

    /// <summary>Sixteen values at a time; the last sixteen overlap those before them. The length is at least sixteen.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void RunVector256(ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref byte target = ref MemoryMarshal.GetReference(y);
        Vector256<float> divisor = Vector256.Create(scale);
        nint last = x.Length - 16;
        nint i = 0;
        while (true)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i)) / divisor;
            Vector256<float> high = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i + 8)) / divisor;
            RoundU8.Pack(low, high, zeroPoint, 0, 255).StoreUnsafe(ref Unsafe.Add(ref target, i));
            if (i >= last)
            {
                return;
            }

            i = nint.Min(i + 16, last);
        }
    }

    /// <summary>Eight values at a time; the last eight overlap those before them. The length is at least eight.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void RunVector128(ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref byte target = ref MemoryMarshal.GetReference(y);
        Vector128<float> divisor = Vector128.Create(scale);
        nint last = x.Length - 8;
        nint i = 0;
        while (true)
        {
            Vector128<float> low = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, i)) / divisor;
            Vector128<float> high = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, i + 4)) / divisor;
            Vector128<byte> bytes = RoundU8.Pack(low, high, zeroPoint, 0, 255);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), bytes.AsUInt64().ToScalar());
            if (i >= last)
            {
                return;
            }

            i = nint.Min(i + 8, last);
        }
    }
}
