using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A two-dimensional convolution on 8-bit NHWC data: <c>acc[pixel, o] = bias[o] + sum over taps and channels of x * w</c> with unsigned inputs and signed
/// weights, then one of four epilogues. Each entry gives the same bits on every instruction set.
/// </summary>
/// <remarks>
/// The input is x[batch, InputHeight - Top - Bottom, InputWidth - Left - Right, InputChannels]: the sizes of the shape include the padding, which is with the input's
/// zero point. <c>scratch</c> has <see cref="ScratchLength"/> bytes, or as many as a whole padded image needs; what it holds is of no interest before and after. Weights are in the layout of <see cref="TileInt8Layout"/>, one sequence of panels per group, whose taps
/// <see cref="ConvInt8Taps"/> chooses; values per output (bias, scales, column sums) are padded to whole panels per group. The int32 bias contains
/// <c>-zeroPoint * sum(w)</c>, which removes the input's zero point. Accumulators must stay within int32 (see <see cref="TileInt8"/>), scales must be finite, and
/// y must overlap neither x nor the residual.
/// </remarks>
internal static partial class ConvInt8
{
    /// <summary>Bytes out: <c>y = requantize(acc, scales[o])</c>, see <see cref="Requantize"/>.</summary>
    public static void Run(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output) =>
        RunOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, scales, y, batch, shape, padding, inputZeroPoint, output);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape), scales, shape);
        bias = bias[..ConvInt8Taps.PackedOutputs(shape)];
        Tiles(isa, x, weights, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint);
    }

    /// <summary>
    /// Bytes out, with another tensor added: <c>y = add(requantize(acc, scales[o]), residual)</c>, see <see cref="ResidualAdd"/>. The convolution's own result is
    /// rounded to 8 bits first, as the separate operators would.
    /// </summary>
    public static void RunResidual(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        ReadOnlySpan<byte> residual,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize convOutput,
        in ResidualAdd add) =>
        RunResidualOn(Isa.Best, x, weights, bias, scales, residual, scratch, y, batch, shape, padding, inputZeroPoint, convOutput, add);

    /// <summary><see cref="RunResidual"/> on one instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        ReadOnlySpan<byte> residual,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize convOutput,
        in ResidualAdd add)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceResidual(x, weights, bias, scales, residual, y, batch, shape, padding, inputZeroPoint, convOutput, add);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape), scales, shape);
        operands.Residual = ref MemoryMarshal.GetReference(residual[..OutputLength(batch, shape)]);
        bias = bias[..ConvInt8Taps.PackedOutputs(shape)];
        Tiles(isa, x, weights, bias, scratch, operands, new TileInt8ResidualOutput(convOutput, add), batch, shape, padding, inputZeroPoint);
    }

    /// <summary>What an epilogue to bytes needs. Slicing checks once that there is enough of it.</summary>
    /// <param name="y">The output.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="scales">One per packed output.</param>
    /// <param name="shape">The geometry.</param>
    private static TileInt8Operands Operands(Span<byte> y, int length, ReadOnlySpan<float> scales, in ConvShape shape) => new()
    {
        Output = ref MemoryMarshal.GetReference(y[..length]),
        OutputLength = length,
        Scales = ref MemoryMarshal.GetReference(scales[..ConvInt8Taps.PackedOutputs(shape)]),
    };
}
