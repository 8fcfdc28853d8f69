using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="ConvInt8"/> in parts: each computes some rows or pixels of the output. Together they give the bits of one call.</summary>
internal static class ConvInt8Parts
{
    /// <summary>One part of <see cref="ConvInt8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> y, int batch,
        in ConvShape shape, in Requantize output, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, scales, y, batch, shape, output, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> y,
        int batch, in ConvShape shape, in Requantize output, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvInt8.RunOn(
                isa, x[share.Input..], weights, bias, scales, y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, output);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, ReadOnlySpan<byte> residual,
        Span<byte> y, int batch, in ConvShape shape, in Requantize convOutput, in ResidualAdd add, int part, int parts) =>
        RunResidualOn(Isa.Best, x, weights, bias, scales, residual, y, batch, shape, convOutput, add, part, parts);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        ReadOnlySpan<byte> residual, Span<byte> y, int batch, in ConvShape shape, in Requantize convOutput, in ResidualAdd add, int part,
        int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvInt8.RunResidualOn(
                isa, x[share.Input..], weights, bias, scales, residual.Slice(share.Output, share.OutputLength),
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, convOutput, add);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunToF32"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunToF32(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int part, int parts) =>
        RunToF32On(Isa.Best, x, weights, bias, scales, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunToF32"/> on a given instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<float> y,
        int batch, in ConvShape shape, float min, float max, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvInt8.RunToF32On(
                isa, x[share.Input..], weights, bias, scales, y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunDynamic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunDynamic(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int part, int parts) =>
        RunDynamicOn(Isa.Best, x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunDynamic"/> on a given instruction set.</summary>
    public static void RunDynamicOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvInt8.RunDynamicOn(
                isa, x[share.Input..], weights, columnSums, bias, weightScales, xScale, xZeroPoint,
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, min, max);
        }
    }
}
