using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// A depthwise convolution on 8-bit NHWC data: <c>acc[pixel, c] = bias[c] + sum over taps of x[tap, c] * w[c, tap]</c>, then <see cref="Requantize"/>. Taps
/// outside the input count as the input's zero point. Results are the same bits on every instruction set.
/// </summary>
/// <remarks>
/// Weights are packed as <see cref="DepthwiseInt8Layout"/> says; bias and scales have one value per channel, and at least sixteen. The int32 bias contains
/// <c>-zeroPoint * sum(w)</c>. A filter has at most 512 columns times groups of four rows, so that accumulators stay within int32; scales are finite; y must not overlap x.
/// </remarks>
internal static partial class DepthwiseInt8
{
    /// <summary>Computes all output pixels of <paramref name="batch"/> images.</summary>
    public static void Run(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output) =>
        RunOn(Isa.Best, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
            return;
        }

        if (isa >= IsaLevel.AvxVnni && Isa.HasAvxVnni)
        {
            Bands<DepthwiseInt8Bytes256, Vector256<int>, Vector256<byte>>(isa, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
        }
        else if (isa >= IsaLevel.Avx512)
        {
            Bands512(isa, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            Bands<DepthwiseInt8Words256, Vector256<int>, Vector256<short>>(isa, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
        }
        else
        {
            Bands<DepthwiseInt8Words128, Vector128<int>, Vector128<short>>(isa, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
        }
    }

    [MethodImpl(HotLoop.Avx512)]
    private static void Bands512(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output) =>
        Bands<DepthwiseInt8Words512, Vector512<int>, Vector512<short>>(isa, x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
}
