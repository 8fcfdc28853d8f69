using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The entries with float outputs.</content>
internal static partial class ConvInt8Parts
{
    /// <summary>One part of <see cref="ConvInt8.RunToF32"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunToF32(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<float> y,
        int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, float min, float max, int part, int parts) =>
        RunToF32On(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, min, max, part, parts);

    /// <summary><see cref="RunToF32"/> on a given instruction set.</summary>
    public static void RunToF32On(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch,
        Span<float> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, float min, float max, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts); share.Next();)
        {
            ConvInt8.RunToF32On(
                isa, x[share.Input..], weights, bias, scales, own.Of(scratch), y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape,
                share.Padding, inputZeroPoint, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunDynamic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunDynamic(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias, ReadOnlySpan<float> weightScales,
        ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<byte> scratch, Span<float> y, int batch, in ConvShape shape,
        in ImagePadding padding, float min, float max, int part, int parts) =>
        RunDynamicOn(Isa.Best, x, weights, columnSums, bias, weightScales, xScale, xZeroPoint, scratch, y, batch, shape, padding, min, max, part, parts);

    /// <summary><see cref="RunDynamic"/> on a given instruction set.</summary>
    public static void RunDynamicOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> columnSums, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> xScale, ReadOnlySpan<byte> xZeroPoint, Span<byte> scratch, Span<float> y, int batch,
        in ConvShape shape, in ImagePadding padding, float min, float max, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts); share.Next();)
        {
            ConvInt8.RunDynamicOn(
                isa, x[share.Input..], weights, columnSums, bias, weightScales, xScale, xZeroPoint, own.Of(scratch),
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, share.Padding, min, max);
        }
    }
}
