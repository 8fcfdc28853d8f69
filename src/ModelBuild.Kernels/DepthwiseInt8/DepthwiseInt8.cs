using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A depthwise convolution on 8-bit NHWC data: <c>acc[pixel, c] = bias[c] + sum over taps of x[tap, c] * w[c, tap]</c>, then <see cref="Requantize"/>. Taps
/// outside the input count as the input's zero point. Results are the same bits on every instruction set.
/// </summary>
/// <remarks>
/// Weights are packed as <see cref="DepthwiseInt8Layout"/> says; bias and scales have one value per channel, and at least sixteen. The int32 bias contains
/// <c>-zeroPoint * sum(w)</c>. Filters have up to 65,000 taps, so that accumulators stay within int32; scales are finite; y must not overlap x.
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

        // Slicing checks once that all operands are long enough; the lines do not.
        int inputLength = shape.InputHeight * shape.InputWidth * shape.Channels;
        int lineLength = shape.OutputWidth * shape.Channels;
        int columns = int.Max(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        ref sbyte packed = ref MemoryMarshal.GetReference(weights[..DepthwiseInt8Layout.Length(shape)]);
        ref int biases = ref MemoryMarshal.GetReference(bias[..columns]);
        ref float factors = ref MemoryMarshal.GetReference(scales[..columns]);
        for (int image = 0; image < batch; image++)
        {
            ref byte input = ref MemoryMarshal.GetReference(x.Slice(image * inputLength, inputLength));
            for (int line = 0; line < shape.OutputHeight; line++)
            {
                ref byte target = ref MemoryMarshal.GetReference(y.Slice(((image * shape.OutputHeight) + line) * lineLength, lineLength));
                if (isa >= IsaLevel.AvxVnni && Isa.HasAvxVnni)
                {
                    Line256<DotVnni>(ref input, ref packed, ref biases, ref factors, ref target, line, shape, inputZeroPoint, output);
                }
                else if (isa >= IsaLevel.Avx2)
                {
                    Line256<DotAvx2>(ref input, ref packed, ref biases, ref factors, ref target, line, shape, inputZeroPoint, output);
                }
                else
                {
                    Line128(ref input, ref packed, ref biases, ref factors, ref target, line, shape, inputZeroPoint, output);
                }
            }
        }
    }
}
