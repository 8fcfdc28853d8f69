using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>The entries with float outputs.</content>
internal static partial class ConvInt8
{
    /// <summary>Floats out: <c>y = clamp(float(acc) * scales[o], min, max)</c>.</summary>
    public static void RunToF32(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<float> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        float min,
        float max) =>
        RunToF32On(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, min, max);

    /// <summary><see cref="RunToF32"/> on one instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<float> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceToF32(x, weights, bias, scales, y, batch, shape, padding, inputZeroPoint, min, max);
            return;
        }

        int columns = ConvInt8Taps.PackedOutputs(shape);
        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(y[..OutputLength(batch, shape)])),
            OutputLength = OutputLength(batch, shape),
            Scales = ref MemoryMarshal.GetReference(scales[..columns]),
        };
        Tiles(isa, x, weights, bias[..columns], scratch, operands, new TileInt8FloatOutput(min, max), batch, shape, padding, inputZeroPoint);
    }

    /// <summary>
    /// Floats out of an input that was quantized at run time: <c>y = clamp(fma(float(acc - xZeroPoint * columnSums[o]), xScale * weightScales[o], bias[o]), min,
    /// max)</c>, where acc starts from zero and <c>columnSums[o]</c> is the sum of the weights of output o. The input's padding holds <c>xZeroPoint</c>.
    /// </summary>
    public static void RunDynamic(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> columnSums,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales,
        ReadOnlySpan<float> xScale,
        ReadOnlySpan<byte> xZeroPoint,
        Span<byte> scratch,
        Span<float> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        float min,
        float max) =>
        RunDynamicOn(Isa.Best, x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, scratch, y, batch, shape, padding, min, max);

    /// <summary><see cref="RunDynamic"/> on one instruction set.</summary>
    public static void RunDynamicOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> columnSums,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales,
        ReadOnlySpan<float> xScale,
        ReadOnlySpan<byte> xZeroPoint,
        Span<byte> scratch,
        Span<float> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceDynamic(x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, y, batch, shape, padding, min, max);
            return;
        }

        int columns = ConvInt8Taps.PackedOutputs(shape);
        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(y[..OutputLength(batch, shape)])),
            OutputLength = OutputLength(batch, shape),
            Scales = ref MemoryMarshal.GetReference(weightScales[..columns]),
            ColumnSums = ref MemoryMarshal.GetReference(columnSums[..columns]),
            Bias = ref MemoryMarshal.GetReference(bias[..columns]),
        };
        Tiles(isa, x, weights, default, scratch, operands, new TileInt8DynamicOutput(xScale[0], xZeroPoint[0], min, max), batch, shape, padding, xZeroPoint[0]);
    }
}
