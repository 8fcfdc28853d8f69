using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary><see cref="Requantize.Quantize"/> on vectors: <c>clamp(roundHalfEven(value) + zeroPoint, min, max)</c>, with NaN becoming min.</summary>
internal static class RoundU8
{
    /// <summary>1.5 * 2^23: adding it leaves a float of magnitude below 2^22, rounded half to even, in the low bits of the sum.</summary>
    private const float RoundingShift = 12582912f;

    /// <summary>
    /// Sixteen values; needs AVX2. The upper bound is applied to the floats, so that the conversion cannot overflow upwards; downwards, and for NaN, it gives
    /// int.MinValue, which saturates to zero in the narrowing and meets the lower bound as a byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pack(Vector256<float> low, Vector256<float> high, in RoundU8Bounds bounds)
    {
        // MINPS returns its second operand for NaN.
        Vector256<int> lowInt = Avx.ConvertToVector256Int32(Avx.Min(bounds.Top, low));
        Vector256<int> highInt = Avx.ConvertToVector256Int32(Avx.Min(bounds.Top, high));
        Vector256<short> words = Avx2.AddSaturate(Avx2.PackSignedSaturate(lowInt, highInt), bounds.ZeroPoint);

        // The narrowing works within 128-bit halves: 32-bit elements 0, 4, 1, 5 restore the order.
        Vector256<int> bytes = Avx2.PackUnsignedSaturate(words, words).AsInt32();
        Vector128<byte> ordered = Avx2.PermuteVar8x32(bytes, Vector256.Create(0, 4, 1, 5, 0, 4, 1, 5)).GetLower().AsByte();
        return Vector128.Max(ordered, bounds.Min);
    }

    /// <summary>Sixteen values; needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pack(Vector256<float> low, Vector256<float> high, int zeroPoint, int min, int max) =>
        Pack(low, high, new RoundU8Bounds(zeroPoint, min, max));

    /// <summary>Eight values, in the low half of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pack(Vector128<float> low, Vector128<float> high, int zeroPoint, int min, int max)
    {
        Vector128<short> words = Vector128.Narrow(Round(low, zeroPoint, min, max), Round(high, zeroPoint, min, max));
        return Vector128.Narrow(words.AsUInt16(), words.AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Round(Vector128<float> value, int zeroPoint, int min, int max)
    {
        Vector128<float> bottom = Vector128.Create((float)(min - zeroPoint));
        Vector128<float> top = Vector128.Create((float)(max - zeroPoint));
        Vector128<float> clamped = Vector128.ConditionalSelect(Vector128.GreaterThan(value, bottom), value, bottom);
        clamped = Vector128.ConditionalSelect(Vector128.LessThan(clamped, top), clamped, top);
        Vector128<int> shifted = (clamped + Vector128.Create(RoundingShift)).AsInt32();
        return shifted - (Vector128.Create(RoundingShift).AsInt32() - Vector128.Create(zeroPoint));
    }
}
