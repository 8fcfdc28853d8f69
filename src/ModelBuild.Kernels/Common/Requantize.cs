using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Turns an int32 accumulator into an 8-bit value: <c>clamp(roundHalfEven(float(accumulator) * scale) + ZeroPoint, Min, Max)</c>. The product is rounded to
/// float once. Values beyond the range, and infinities, saturate; a NaN (only a scale that is not finite makes one) becomes <see cref="Min"/>.
/// </summary>
/// <param name="ZeroPoint">The 8-bit value that stands for zero, 0..255.</param>
/// <param name="Min">Smallest result, 0..255; a fused Relu sets it to <paramref name="ZeroPoint"/>.</param>
/// <param name="Max">Largest result, <paramref name="Min"/>..255; a fused Clip(0, 6) sets it to the 8-bit value of 6.</param>
internal readonly record struct Requantize(int ZeroPoint, int Min, int Max)
{
    /// <summary>The definition that every vector variant equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Apply(int accumulator, float scale) => Quantize(accumulator * scale, ZeroPoint, Min, Max);

    /// <summary><c>clamp(roundHalfEven(value) + zeroPoint, min, max)</c>. The float is clamped before it is converted, so that the conversion is always defined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Quantize(float value, int zeroPoint, int min, int max)
    {
        float low = min - zeroPoint;
        float high = max - zeroPoint;
        float clamped = value > low ? value : low;
        clamped = clamped < high ? clamped : high;
        return (byte)((int)MathF.Round(clamped, MidpointRounding.ToEven) + zeroPoint);
    }
}
