using System;

namespace ModelBuild.Kernels;

/// <content>A convolution whose output is a part of a concatenation.</content>
internal static partial class ConvInt8
{
    /// <summary><see cref="Run"/>, then <see cref="ConcatPart"/> along the channels: pixels of y are <paramref name="stride"/> bytes apart.</summary>
    /// <param name="x">See <see cref="Run"/>.</param>
    /// <param name="weights">See <see cref="Run"/>.</param>
    /// <param name="bias">See <see cref="Run"/>.</param>
    /// <param name="scales">See <see cref="Run"/>.</param>
    /// <param name="scratch">See <see cref="Run"/>.</param>
    /// <param name="y">The concatenation, [batch, OutputHeight, OutputWidth, stride]; what is not this convolution's output is left as it is.</param>
    /// <param name="batch">See <see cref="Run"/>.</param>
    /// <param name="shape">See <see cref="Run"/>.</param>
    /// <param name="padding">See <see cref="Run"/>.</param>
    /// <param name="inputZeroPoint">See <see cref="Run"/>.</param>
    /// <param name="output">See <see cref="Run"/>.</param>
    /// <param name="stride">Channels of the concatenation.</param>
    /// <param name="offset">Channels before this convolution's.</param>
    public static void RunInto(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y, int batch,
        in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset) =>
        RunIntoOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, stride, offset);

    /// <summary><see cref="RunInto"/> on one instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y,
        int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceInto(x, weights, bias, scales, y, batch, shape, padding, inputZeroPoint, output, stride, offset);
            return;
        }

        TileInt8Operands operands = IntoOperands(y, scales, batch, shape, stride, offset);
        bias = bias[..ConvInt8Taps.PackedOutputs(shape)];
        Tiles(isa, x, weights, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint, pool: 1, stride, offset);
    }

    /// <summary><see cref="RunInto"/> for a shape that <see cref="CanUseWinograd"/> accepts.</summary>
    public static void RunWinogradInto(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch,
        Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset) =>
        RunWinogradIntoOn(Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, stride, offset);

    /// <summary><see cref="RunWinogradInto"/> on one instruction set.</summary>
    public static void RunWinogradIntoOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset)
    {
        if (!WinogradInt8.IsUsedOn(isa, shape))
        {
            RunIntoOn(isa, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, stride, offset);
            return;
        }

        TileInt8Operands operands = IntoOperands(y, scales, batch, shape, stride, offset);
        Winograd(isa, x, transformed, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint, stride, offset);
    }

    private static TileInt8Operands IntoOperands(Span<byte> y, ReadOnlySpan<float> scales, int batch, in ConvShape shape, int stride, int offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, offset + shape.OutputChannels, nameof(stride));
        return Operands(y, batch * shape.OutputHeight * shape.OutputWidth * stride, scales, shape);
    }
}
