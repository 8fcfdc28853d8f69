using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>
/// The entries for 3x3 and 5x5 filters whose weights also exist transformed (<see cref="TransformWeights"/>): they use fewer products, see
/// <see cref="WinogradInt8"/>. The bits are those of <see cref="Run"/> and <see cref="RunResidual"/>.
/// </content>
internal static partial class ConvInt8
{
    /// <summary>Makes <paramref name="transformed"/> of the packed weights, once, where this CPU uses it.</summary>
    public static void TransformWeights(ReadOnlySpan<sbyte> weights, Span<short> transformed, in ConvShape shape)
    {
        if (WinogradInt8.IsUsedOn(Isa.Best, shape))
        {
            WinogradInt8.Transform(Isa.Best, weights, transformed, shape);
        }
    }

    /// <summary><see cref="Run"/> for a shape that <see cref="CanUseWinograd"/> accepts.</summary>
    public static void RunWinograd(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output) =>
        RunWinogradOn(Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);

    /// <summary><see cref="RunWinograd"/> on one instruction set.</summary>
    public static void RunWinogradOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
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
        if (!WinogradInt8.IsUsedOn(isa, shape))
        {
            RunOn(isa, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape), scales, shape);
        Winograd(isa, x, transformed, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint);
    }

    /// <summary><see cref="RunResidual"/> for a shape that <see cref="CanUseWinograd"/> accepts.</summary>
    public static void RunWinogradResidual(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
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
        RunWinogradResidualOn(Isa.Best, x, weights, transformed, bias, scales, residual, scratch, y, batch, shape, padding, inputZeroPoint, convOutput, add);

    /// <summary><see cref="RunWinogradResidual"/> on one instruction set.</summary>
    public static void RunWinogradResidualOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
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
        if (!WinogradInt8.IsUsedOn(isa, shape))
        {
            RunResidualOn(isa, x, weights, bias, scales, residual, scratch, y, batch, shape, padding, inputZeroPoint, convOutput, add);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape), scales, shape);
        operands.Residual = ref MemoryMarshal.GetReference(residual[..OutputLength(batch, shape)]);
        Winograd(isa, x, transformed, bias, scratch, operands, new TileInt8ResidualOutput(convOutput, add), batch, shape, padding, inputZeroPoint);
    }

    /// <summary><see cref="RunPooled"/> for a shape that <see cref="CanUseWinograd"/> accepts.</summary>
    public static void RunWinogradPooled(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output) =>
        RunWinogradPooledOn(Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);

    /// <summary><see cref="RunWinogradPooled"/> on one instruction set.</summary>
    public static void RunWinogradPooledOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<short> transformed,
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
        ArgumentOutOfRangeException.ThrowIfNotEqual(CanPool(shape), true, nameof(shape));
        if (!WinogradInt8.IsUsedOn(isa, shape))
        {
            RunPooledOn(isa, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape) / (Pool * Pool), scales, shape);
        Winograd(isa, x, transformed, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint, pool: Pool);
    }

    /// <summary>Slicing checks once that all operands are long enough; the loops do not.</summary>
    private static void Winograd<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte zeroPoint,
        int stride = 0,
        int offset = 0,
        int pool = 1)
        where TOutput : struct, ITileInt8Output
    {
        transformed = transformed[..WinogradInt8.TransformedLength(shape)];
        bias = bias[..ConvInt8Taps.PackedOutputs(shape)];
        int length = ConvInt8Band.ImageLength(shape, padding);
        stride = stride == 0 ? shape.OutputChannels : stride;
        int outputs = shape.OutputHeight * shape.OutputWidth * stride / (pool * pool);
        for (int i = 0; i < batch; i++)
        {
            WinogradInt8.Lines(
                isa, x.Slice(i * length, length), transformed, bias, scratch, operands, output, (i * outputs) + offset, 0, shape.OutputHeight, shape, padding, zeroPoint,
                stride, pool);
        }
    }
}
