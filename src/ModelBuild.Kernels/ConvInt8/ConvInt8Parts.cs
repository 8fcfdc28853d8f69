using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Calls of <see cref="ConvInt8"/> in parts: each computes some rows or pixels of the output, in a slice of its own of the scratch buffer. Together they give the bits
/// of one call.
/// </summary>
internal static partial class ConvInt8Parts
{
    /// <summary>One part of <see cref="ConvInt8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y,
        int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch,
        Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts); share.Next();)
        {
            ConvInt8.RunOn(
                isa, x[share.Input..], weights, bias, scales, own.Of(scratch), y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape,
                share.Padding, inputZeroPoint, output);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, ReadOnlySpan<byte> residual,
        Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize convOutput,
        in ResidualAdd add, int part, int parts) =>
        RunResidualOn(Isa.Best, x, weights, bias, scales, residual, scratch, y, batch, shape, padding, inputZeroPoint, convOutput, add, part, parts);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales,
        ReadOnlySpan<byte> residual, Span<byte> scratch, Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint,
        in Requantize convOutput, in ResidualAdd add, int part, int parts)
    {
        ScratchShare own = Scratch(isa, scratch.Length, shape, padding, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts); share.Next();)
        {
            ConvInt8.RunResidualOn(
                isa, x[share.Input..], weights, bias, scales, residual.Slice(share.Output, share.OutputLength), own.Of(scratch),
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, share.Padding, inputZeroPoint, convOutput, add);
        }
    }

    /// <summary>One part of <see cref="ConvInt8.RunPooled"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPooled(
        ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch, Span<byte> y,
        int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part, int parts) =>
        RunPooledOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output, part, parts);

    /// <summary><see cref="RunPooled"/> on a given instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<float> scales, Span<byte> scratch,
        Span<byte> y, int batch, in ConvShape shape, in ImagePadding padding, byte inputZeroPoint, in Requantize output, int part, int parts)
    {
        const int Window = ConvInt8.Pool * ConvInt8.Pool;
        ScratchShare own = PooledScratch(isa, scratch.Length, shape, part, parts);
        for (PaddedConvShare share = new(own.IsIdle ? 0 : batch, shape, padding, own.Part, own.Parts, multiple: ConvInt8.Pool); share.Next();)
        {
            ConvInt8.RunPooledOn(
                isa, x[share.Input..], weights, bias, scales, own.Of(scratch), y.Slice(share.Output / Window, share.OutputLength / Window), share.Batch,
                share.Shape, share.Padding, inputZeroPoint, output);
        }
    }

    // What a part needs is a band of the lines that become one.
    private static ScratchShare PooledScratch(IsaLevel isa, int scratch, in ConvShape shape, int part, int parts)
    {
        int least = isa == IsaLevel.Plain ? 0 : ConvInt8Band.ScratchOf(ConvInt8.Pool, TileInt8.InputBytes(isa), shape);
        return ScratchShare.Of(scratch, least, part, parts);
    }

    // What a part needs is a band of one line.
    private static ScratchShare Scratch(IsaLevel isa, int scratch, in ConvShape shape, in ImagePadding padding, int part, int parts)
    {
        int least = ConvInt8.UsesScratch(isa, padding) ? ConvInt8Band.ScratchOf(lines: 1, TileInt8.InputBytes(isa), shape) : 0;
        return ScratchShare.Of(scratch, least, part, parts);
    }
}
