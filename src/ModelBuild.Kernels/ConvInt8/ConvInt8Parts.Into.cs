using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The entries whose output is a part of a concatenation.</content>
internal static partial class ConvInt8Parts
{
    /// <summary>One part of <see cref="ConvInt8.RunInto"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunInto(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y,
        int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset, int part, int parts) =>
        RunIntoOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, stride, offset, part, parts);

    /// <summary><see cref="RunInto"/> on a given instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch,
        Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride, int offset, int part,
        int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts); share.Next();)
        {
            ConvInt8.RunIntoOn(
                isa, x[share.Input..], weights, bias, scales, own.Of(scratch), y[(share.Output / shape.OutputChannels * stride)..], share.Batch, share.Shape,
                share.Padding, inputZeroPoint, output, stride, offset);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunWinogradInto"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunWinogradInto(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int stride,
        int offset, int part, int parts) =>
        RunWinogradIntoOn(
            Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, stride, offset, part, parts);

    /// <summary><see cref="RunWinogradInto"/> on a given instruction set.</summary>
    public static void RunWinogradIntoOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint,
        in Requantize output, int stride, int offset, int part, int parts)
    {
        ScratchShare own = WinogradScratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts, multiple: WinogradInt8.TileLines(shape)); share.Next();)
        {
            ConvInt8.RunWinogradIntoOn(
                isa, x[share.Input..], weights, transformed, bias, scales, own.Of(scratch), y[(share.Output / shape.OutputChannels * stride)..], share.Batch,
                share.Shape, share.Padding, inputZeroPoint, output, stride, offset);
        }
    }
}
