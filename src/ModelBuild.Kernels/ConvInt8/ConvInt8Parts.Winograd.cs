using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The entries for transformed weights: parts are cut between rows of tiles.</content>
internal static partial class ConvInt8Parts
{
    /// <summary>One part of <see cref="ConvInt8.RunWinograd"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunWinograd(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part,
        int parts) =>
        RunWinogradOn(Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, part, parts);

    /// <summary><see cref="RunWinograd"/> on a given instruction set.</summary>
    public static void RunWinogradOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint,
        in Requantize output, int part, int parts)
    {
        ScratchShare own = WinogradScratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts, multiple: WinogradInt8.TileLines(shape)); share.Next();)
        {
            ConvInt8.RunWinogradOn(
                isa, x[share.Input..], weights, transformed, bias, scales, own.Of(scratch), y.Slice(share.Output, share.OutputLength), share.Batch,
                share.Shape, share.Padding, inputZeroPoint, output);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunWinogradResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunWinogradResidual(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        ReadOnlySpan<byte> residual, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint,
        in Requantize convOutput, in ResidualAdd add, int part, int parts) =>
        RunWinogradResidualOn(Isa.Best, x, weights, transformed, bias, scales, residual, scratch, y, batch, shape, padding, inputZeroPoint, convOutput, add, part, parts);

    /// <summary><see cref="RunWinogradResidual"/> on a given instruction set.</summary>
    public static void RunWinogradResidualOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales, ReadOnlySpan<byte> residual, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape,
        in ImagePadding padding, byte inputZeroPoint, in Requantize convOutput, in ResidualAdd add, int part, int parts)
    {
        ScratchShare own = WinogradScratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts, multiple: WinogradInt8.TileLines(shape)); share.Next();)
        {
            ConvInt8.RunWinogradResidualOn(
                isa, x[share.Input..], weights, transformed, bias, scales, residual.Slice(share.Output, share.OutputLength), own.Of(scratch),
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, share.Padding, inputZeroPoint, convOutput, add);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunWinogradPooled"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunWinogradPooled(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part,
        int parts) =>
        RunWinogradPooledOn(Isa.Best, x, weights, transformed, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, part, parts);

    /// <summary><see cref="RunWinogradPooled"/> on a given instruction set.</summary>
    public static void RunWinogradPooledOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> transformed, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint,
        in Requantize output, int part, int parts)
    {
        const int Window = ConvInt8.Pool * ConvInt8.Pool;
        ScratchShare own = WinogradInt8.IsUsedOn(isa, shape)
            ? WinogradScratch(isa, scratch.Length, shape, padding, part, parts) : PooledScratch(isa, scratch.Length, shape, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts, multiple: WinogradInt8.TileLines(shape)); share.Next();)
        {
            ConvInt8.RunWinogradPooledOn(
                isa, x[share.Input..], weights, transformed, bias, scales, own.Of(scratch), y.Slice(share.Output / Window, share.OutputLength / Window),
                share.Batch, share.Shape, share.Padding, inputZeroPoint, output);
        }
    }

    // What a part needs is a band of one row of tiles, and room for the terms.
    private static ScratchShare WinogradScratch(IsaLevel isa, int scratch, in ConvShape shape, in ImagePadding padding, int part, int parts)
    {
        if (!WinogradInt8.IsUsedOn(isa, shape))
        {
            return Scratch(isa, scratch, shape, padding, part, parts);
        }

        int band = ConvInt8Band.ScratchOf(int.Min(WinogradInt8.TileLines(shape), shape.OutputHeight), sizeof(short), shape);
        return ScratchShare.Of(scratch, band + (int)WinogradInt8.ExtraScratch(shape), part, parts);
    }
}
