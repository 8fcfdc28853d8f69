using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX QuantizeLinear to unsigned bytes with one scale: <c>y = saturate(roundHalfEven(x / scale) + zeroPoint)</c>. Infinities saturate, NaN becomes 0. The scale
/// is finite and not zero.
/// </summary>
internal static class QuantizeLinearU8
{
    /// <summary>Quantizes all of <paramref name="x"/> into the start of <paramref name="y"/>.</summary>
    public static void Run(ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint) => RunOn(Isa.Best, x, y, scale, zeroPoint);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint) =>
        QuantizeU8.RunOn(isa, x, y, scale, zeroPoint);

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint) => QuantizeU8.Reference(x, y, scale, zeroPoint);
}
