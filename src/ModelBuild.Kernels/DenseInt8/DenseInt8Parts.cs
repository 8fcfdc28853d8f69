using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="DenseInt8"/> in parts: each computes some rows or, where rows are few, some panels of one row, in a slice of its own of the scratch buffer. Together they give the bits of one call.</summary>
internal static class DenseInt8Parts
{
    /// <summary>One part of <see cref="DenseInt8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y, int rows,
        in DenseShape shape, in Requantize output, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, scales, scratch, y, rows, shape, output, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y,
        int rows, in DenseShape shape, in Requantize output, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, part, parts);
        DenseShare share = new(own.IsIdle ? 0 : rows, shape, own.Part, own.Parts, TileInt8Layout.PanelOutputs);
        if (share.IsEmpty)
        {
            return;
        }

        int first = share.Outputs.Begin;
        ReadOnlySpan<sbyte> panels = weights[TileInt8Layout.Offset(first, tap: 0, k: 0, taps: 1, shape.Inputs)..];
        DenseInt8.RunOn(
            isa, share.Inputs(x), panels, bias[first..], scales[first..], own.Of(scratch), share.Results(y), share.Rows.Count, share.Shape, output);
    }

    /// <summary>One part of <see cref="DenseInt8.RunToF32"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunToF32(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<float> y, int rows,
        in DenseShape shape, float min, float max, int part, int parts) =>
        RunToF32On(Isa.Best, x, weights, bias, scales, scratch, y, rows, shape, min, max, part, parts);

    /// <summary><see cref="RunToF32"/> on a given instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<float> y,
        int rows, in DenseShape shape, float min, float max, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, part, parts);
        DenseShare share = new(own.IsIdle ? 0 : rows, shape, own.Part, own.Parts, TileInt8Layout.PanelOutputs);
        if (share.IsEmpty)
        {
            return;
        }

        int first = share.Outputs.Begin;
        ReadOnlySpan<sbyte> panels = weights[TileInt8Layout.Offset(first, tap: 0, k: 0, taps: 1, shape.Inputs)..];
        DenseInt8.RunToF32On(
            isa, share.Inputs(x), panels, bias[first..], scales[first..], own.Of(scratch), share.Results(y), share.Rows.Count, share.Shape, min, max);
    }

    /// <summary>One part of <see cref="DenseInt8.RunDynamic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunDynamic(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<byte> scratch, Span<float> y, int rows,
        in DenseShape shape, float min, float max, int part, int parts) =>
        RunDynamicOn(Isa.Best, x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, scratch, y, rows, shape, min, max, part, parts);

    /// <summary><see cref="RunDynamic"/> on a given instruction set.</summary>
    public static void RunDynamicOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<byte> scratch, Span<float> y, int rows,
        in DenseShape shape, float min, float max, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, part, parts);
        DenseShare share = new(own.IsIdle ? 0 : rows, shape, own.Part, own.Parts, TileInt8Layout.PanelOutputs);
        if (share.IsEmpty)
        {
            return;
        }

        int first = share.Outputs.Begin;
        ReadOnlySpan<sbyte> panels = weights[TileInt8Layout.Offset(first, tap: 0, k: 0, taps: 1, shape.Inputs)..];
        DenseInt8.RunDynamicOn(
            isa, share.Inputs(x), panels, columnSums[first..], bias[first..], weightScales[first..], xScale, xZeroPoint, own.Of(scratch), share.Results(y),
            share.Rows.Count, share.Shape, min, max);
    }

    // What a part needs is a row.
    private static ScratchShare Scratch(IsaLevel isa, int scratch, in DenseShape shape, int part, int parts)
    {
        bool isReadInPlace = isa == IsaLevel.Plain || TileInt8.InputBytes(isa) == sizeof(byte);
        return ScratchShare.Of(scratch, isReadInPlace ? 0 : (shape.Inputs + TileInt8.SlackInputs) * sizeof(short), part, parts);
    }
}
