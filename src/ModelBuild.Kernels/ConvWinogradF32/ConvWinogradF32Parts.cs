using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Calls of <see cref="ConvWinogradF32"/> in parts: each computes some tiles, in a share of the scratch memory. Together they give the bits of one call, since tiles lie
/// where they always do.
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
        int batch, in WinogradShape shape, float min, float max, int part, int parts) =>
        ConvWinogradF32.Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, pool: 1, part, parts);

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
        ArgumentOutOfRangeException.ThrowIfLessThan(residual.Length, batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels, nameof(residual));
        ConvWinogradF32.Tiles(isa, x, weights, bias, residual, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, pool: 1, part, parts);
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
        int batch, in WinogradShape shape, float min, float max, int part, int parts) =>
        ConvWinogradF32.Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, ConvWinogradF32.Pool, part, parts);

    /// <summary>One part of <see cref="ConvWinogradF32.RunInto"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max, int stride, int offset, int part, int parts) =>
        RunIntoOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max, stride, offset, part, parts);

    /// <summary><see cref="RunInto"/> on a given instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch,
        int batch, in WinogradShape shape, float min, float max, int stride, int offset, int part, int parts) =>
        ConvWinogradF32.Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, stride, offset, pool: 1, part, parts);
}
