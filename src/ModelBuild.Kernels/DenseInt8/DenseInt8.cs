using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A fully connected layer on 8-bit data: <c>acc[row, n] = bias[n] + sum over k of x[row, k] * w[k, n]</c> with unsigned inputs <c>x[rows, Inputs]</c> and
/// signed weights, then one of three epilogues. Each entry gives the same bits on every instruction set.
/// </summary>
/// <remarks>
/// Weights are in the layout of <see cref="TileInt8Layout"/>; values per output (bias, scales, column sums) are padded to
/// <see cref="TileInt8Layout.PaddedOutputs"/>. The int32 bias contains <c>-zeroPoint * sum(w)</c>, which removes the input's zero point. Accumulators must stay
/// within int32 (see <see cref="TileInt8"/>), scales must be finite, and y must not overlap x. <c>scratch</c>
/// has as many bytes as the inputs of all rows and <see cref="TileInt8.SlackInputs"/> need as words; with those of one row it works too, and slower.
/// </remarks>
internal static partial class DenseInt8
{
    /// <summary>Bytes out: <c>y = requantize(acc, scales[n])</c>, see <see cref="Requantize"/>.</summary>
    public static void Run(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int rows,
        in DenseShape shape,
        in Requantize output) =>
        RunOn(Isa.Best, x, weights, bias, scales, scratch, y, rows, shape, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int rows,
        in DenseShape shape,
        in Requantize output)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, scales, y, rows, shape, output);
            return;
        }

        int columns = TileInt8Layout.PaddedOutputs(shape.Outputs);
        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(y[..(rows * shape.Outputs)]),
            OutputLength = rows * shape.Outputs,
            Scales = ref MemoryMarshal.GetReference(scales[..columns]),
        };
        Tiles(isa, x, weights, bias[..columns], scratch, operands, new TileInt8RequantizeOutput(output), rows, shape);
    }

    /// <summary>Floats out: <c>y = clamp(float(acc) * scales[n], min, max)</c>.</summary>
    public static void RunToF32(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max) =>
        RunToF32On(Isa.Best, x, weights, bias, scales, scratch, y, rows, shape, min, max);

    /// <summary><see cref="RunToF32"/> on one instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceToF32(x, weights, bias, scales, y, rows, shape, min, max);
            return;
        }

        int columns = TileInt8Layout.PaddedOutputs(shape.Outputs);
        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(y[..(rows * shape.Outputs)])),
            OutputLength = rows * shape.Outputs,
            Scales = ref MemoryMarshal.GetReference(scales[..columns]),
        };
        Tiles(isa, x, weights, bias[..columns], scratch, operands, new TileInt8FloatOutput(min, max), rows, shape);
    }

    /// <summary>
    /// Floats out of an input that was quantized at run time: <c>y = clamp(fma(float(acc - xZeroPoint * columnSums[n]), xScale * weightScales[n], bias[n]), min,
    /// max)</c>, where acc starts from zero and <c>columnSums[n]</c> is the sum of the weights of output n.
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
        int rows,
        in DenseShape shape,
        float min,
        float max) =>
        RunDynamicOn(Isa.Best, x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, scratch, y, rows, shape, min, max);

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
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceDynamic(x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, y, rows, shape, min, max);
            return;
        }

        int columns = TileInt8Layout.PaddedOutputs(shape.Outputs);
        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(y[..(rows * shape.Outputs)])),
            OutputLength = rows * shape.Outputs,
            Scales = ref MemoryMarshal.GetReference(weightScales[..columns]),
            ColumnSums = ref MemoryMarshal.GetReference(columnSums[..columns]),
            Bias = ref MemoryMarshal.GetReference(bias[..columns]),
        };
        Tiles(isa, x, weights, default, scratch, operands, new TileInt8DynamicOutput(xScale[0], xZeroPoint[0], min, max), rows, shape);
    }
}
