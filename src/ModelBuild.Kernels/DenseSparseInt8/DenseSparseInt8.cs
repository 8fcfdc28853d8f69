using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A fully connected layer on 8-bit data whose weights were pruned in blocks of four inputs by sixteen outputs. Results are those of <c>DenseInt8</c> with the
/// same weights, bit by bit; blocks of zeros are neither stored nor multiplied.
/// </summary>
/// <remarks>
/// Sixteen outputs make a panel. Panel p has the blocks <c>starts[p]</c> to <c>starts[p + 1]</c>: block b is <c>weights[64 * b ..]</c>, [16 outputs][4 inputs],
/// for the inputs from <c>4 * indices[b]</c>. Bias and scales are padded to whole panels; the int32 bias contains <c>-zeroPoint * sum(w)</c>. Accumulators must
/// stay within int32 (see <see cref="TileInt8"/>), scales must be finite, and y must not overlap x.
/// </remarks>
internal static partial class DenseSparseInt8
{
    /// <summary>Bytes out: <c>y = requantize(acc, scales[n])</c>, see <see cref="Requantize"/>.</summary>
    public static void Run(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int rows,
        in DenseShape shape,
        in Requantize output) =>
        RunOn(Isa.Best, x, weights, indices, starts, bias, scales, y, rows, shape, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int rows,
        in DenseShape shape,
        in Requantize output)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, indices, starts, bias, scales, y, rows, shape, output);
            return;
        }

        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(y[..(rows * shape.Outputs)]),
            OutputLength = rows * shape.Outputs,
            Scales = ref MemoryMarshal.GetReference(scales[..TileInt8Layout.PaddedOutputs(shape.Outputs)]),
        };
        Rows(isa, x, weights, indices, starts, bias, operands, new TileInt8RequantizeOutput(output), rows, shape);
    }

    /// <summary>Floats out: <c>y = clamp(float(acc) * scales[n], min, max)</c>.</summary>
    public static void RunToF32(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max) =>
        RunToF32On(Isa.Best, x, weights, indices, starts, bias, scales, y, rows, shape, min, max);

    /// <summary><see cref="RunToF32"/> on one instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            ReferenceToF32(x, weights, indices, starts, bias, scales, y, rows, shape, min, max);
            return;
        }

        var operands = new TileInt8Operands
        {
            Output = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(y[..(rows * shape.Outputs)])),
            OutputLength = rows * shape.Outputs,
            Scales = ref MemoryMarshal.GetReference(scales[..TileInt8Layout.PaddedOutputs(shape.Outputs)]),
        };
        Rows(isa, x, weights, indices, starts, bias, operands, new TileInt8FloatOutput(min, max), rows, shape);
    }
}
