using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The sum of two quantized tensors as a quantized tensor (DequantizeLinear twice, Add, QuantizeLinear), with the output's scale divided out in advance:
/// <c>clamp(roundHalfEven(fma(a - ZeroPointA, ScaleA, (b - ZeroPointB) * ScaleB)) + ZeroPoint, Min, Max)</c>. The product with b is rounded to float, then the
/// fused multiply-add rounds once. Scales must be finite.
/// </summary>
/// <param name="ScaleA">Scale of a over the scale of the output.</param>
/// <param name="ZeroPointA">The value of a that stands for zero, 0..255.</param>
/// <param name="ScaleB">Scale of b over the scale of the output.</param>
/// <param name="ZeroPointB">The value of b that stands for zero, 0..255.</param>
/// <param name="ZeroPoint">The output value that stands for zero, 0..255.</param>
/// <param name="Min">Smallest result, 0..255; a fused Relu sets it to <paramref name="ZeroPoint"/>.</param>
/// <param name="Max">Largest result, <paramref name="Min"/>..255.</param>
internal readonly record struct ResidualAdd(float ScaleA, int ZeroPointA, float ScaleB, int ZeroPointB, int ZeroPoint, int Min, int Max)
{
    /// <summary>The definition that every vector variant equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Apply(byte a, byte b)
    {
        float sum = MathF.FusedMultiplyAdd(a - ZeroPointA, ScaleA, (b - ZeroPointB) * ScaleB);
        return Requantize.Quantize(sum, ZeroPoint, Min, Max);
    }
}
