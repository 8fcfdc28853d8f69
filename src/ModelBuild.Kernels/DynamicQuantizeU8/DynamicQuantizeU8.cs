using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX DynamicQuantizeLinear: with <c>min = min(0, x...)</c> and <c>max = max(0, x...)</c>, <c>scale = (max - min) / 255</c>,
/// <c>zeroPoint = roundHalfEven(saturate(-min / scale))</c> and <c>y = saturate(roundHalfEven(x / scale) + zeroPoint)</c>. Where all inputs are zero the scale is 1.
/// NaN inputs do not count for the range and become 0.
/// </summary>
internal static class DynamicQuantizeU8
{
    /// <summary>Quantizes all of <paramref name="x"/> into the start of <paramref name="y"/> and tells the scale and the zero point, one value each.</summary>
    public static void Run(ReadOnlySpan<float> x, Span<byte> y, Span<float> scale, Span<byte> zeroPoint) =>
        RunOn(Isa.Best, x, y, scale, zeroPoint);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<float> x, Span<byte> y, Span<float> scale, Span<byte> zeroPoint)
    {
        float min = 0f;
        float max = 0f;
        int done = 0;
        if (isa >= IsaLevel.Avx2)
        {
            done = RangeVector256(x, ref min, ref max);
        }
        else if (isa >= IsaLevel.Vector128)
        {
            done = RangeVector128(x, ref min, ref max);
        }

        Range(x[done..], ref min, ref max);
        scale[0] = max == min ? 1f : (max - min) / 255f;
        zeroPoint[0] = Requantize.Quantize(-(min / scale[0]), 0, 0, 255);
        QuantizeU8.RunOn(isa, x, y, scale[0], zeroPoint[0]);
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<float> x, Span<byte> y, Span<float> scale, Span<byte> zeroPoint) =>
        RunOn(IsaLevel.Plain, x, y, scale, zeroPoint);

    /// <summary>Widens [min, max] to hold <paramref name="x"/>. Comparisons with NaN are false, so that it changes nothing; nor does -0.</summary>
    private static void Range(ReadOnlySpan<float> x, ref float min, ref float max)
    {
        for (int i = 0; i < x.Length; i++)
        {
            min = x[i] < min ? x[i] : min;
            max = x[i] > max ? x[i] : max;
        }
    }

    /// <summary>MINPS and MAXPS return their second operand for NaN and for equal operands, as the comparisons of <see cref="Range"/> do.</summary>
    [MethodImpl(HotLoop.Options)]
    private static int RangeVector256(ReadOnlySpan<float> x, ref float min, ref float max)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        Vector256<float> min0 = Vector256.Create(min), min1 = min0, max0 = Vector256.Create(max), max1 = max0;
        nint i = 0;
        for (; i <= x.Length - 16; i += 16)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i));
            Vector256<float> b = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i + 8));
            min0 = Avx.Min(a, min0);
            max0 = Avx.Max(a, max0);
            min1 = Avx.Min(b, min1);
            max1 = Avx.Max(b, max1);
        }

        min0 = Avx.Min(min0, min1);
        max0 = Avx.Max(max0, max1);
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            min = float.Min(min, min0[lane]);
            max = float.Max(max, max0[lane]);
        }

        return (int)i;
    }

    [MethodImpl(HotLoop.Options)]
    private static int RangeVector128(ReadOnlySpan<float> x, ref float min, ref float max)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        Vector128<float> mins = Vector128.Create(min);
        Vector128<float> maxs = Vector128.Create(max);
        nint i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            Vector128<float> a = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, i));
            mins = Vector128.ConditionalSelect(Vector128.LessThan(a, mins), a, mins);
            maxs = Vector128.ConditionalSelect(Vector128.GreaterThan(a, maxs), a, maxs);
        }

        for (int lane = 0; lane < Vector128<float>.Count; lane++)
        {
            min = float.Min(min, mins[lane]);
            max = float.Max(max, maxs[lane]);
        }

        return (int)i;
    }
}
