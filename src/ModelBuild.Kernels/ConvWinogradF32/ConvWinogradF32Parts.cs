using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Calls of <see cref="ConvWinogradF32"/> in parts: each computes some rows of tiles, in a share of the scratch memory and thus in smaller blocks. Together they give
/// the bits of one call, since tiles lie where they always do.
/// </summary>
internal static class ConvWinogradF32Parts
{
    /// <summary>One part of <see cref="ConvWinogradF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch,
        int batch, in WinogradShape shape, float min, float max, int part, int parts)
    {
        for (WinogradShare share = new(batch, shape, scratch.Length, part, parts); share.Next();)
        {
            ConvWinogradF32.RunOn(
                isa, x[share.Input..], weights, bias, y.Slice(share.Output, share.OutputLength), share.Scratch(scratch), share.Batch, share.Shape,
                min, max);
        }
    }

    /// <summary>One part of <see cref="ConvWinogradF32.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y,
        Span<float> scratch, int batch, in WinogradShape shape, float min, float max, int part, int parts) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, scratch, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual,
        Span<float> y, Span<float> scratch, int batch, in WinogradShape shape, float min, float max, int part, int parts)
    {
        for (WinogradShare share = new(batch, shape, scratch.Length, part, parts); share.Next();)
        {
            ConvWinogradF32.RunResidualOn(
                isa, x[share.Input..], weights, bias, residual.Slice(share.Output, share.OutputLength),
                y.Slice(share.Output, share.OutputLength), share.Scratch(scratch), share.Batch, share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvWinogradF32.RunPooled"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max, int part, int parts) =>
        RunPooledOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunPooled"/> on a given instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch,
        int batch, in WinogradShape shape, float min, float max, int part, int parts)
    {
        const int Window = ConvWinogradF32.Pool * ConvWinogradF32.Pool;
        for (WinogradShare share = new(batch, shape, scratch.Length, part, parts); share.Next();)
        {
            ConvWinogradF32.RunPooledOn(
                isa, x[share.Input..], weights, bias, y.Slice(share.Output / Window, share.OutputLength / Window), share.Scratch(scratch), share.Batch,
                share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvWinogradF32.RunInto"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max, int stride, int offset, int part, int parts) =>
        RunIntoOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max, stride, offset, part, parts);

    /// <summary><see cref="RunInto"/> on a given instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch,
        int batch, in WinogradShape shape, float min, float max, int stride, int offset, int part, int parts)
    {
        for (WinogradShare share = new(batch, shape, scratch.Length, part, parts); share.Next();)
        {
            ConvWinogradF32.RunIntoOn(
                isa, x[share.Input..], weights, bias, y[(share.Output / shape.OutputChannels * stride)..], share.Scratch(scratch), share.Batch, share.Shape, min,
                max, stride, offset);
        }
    }
}
