using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="ConvF32"/> in parts: each computes some rows or pixels of the output. Together they give the bits of one call.</summary>
internal static class ConvF32Parts
{
    /// <summary>One part of <see cref="ConvF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape,
        float min, float max, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvF32.RunOn(
                isa, x[share.Input..], weights, bias, y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvF32.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y,
        int batch, in ConvShape shape, float min, float max, int part, int parts) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual,
        Span<float> y, int batch, in ConvShape shape, float min, float max, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvF32.RunResidualOn(
                isa, x[share.Input..], weights, bias, residual.Slice(share.Output, share.OutputLength),
                y.Slice(share.Output, share.OutputLength), share.Batch, share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvF32.RunPooled"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape,
        float min, float max, int part, int parts) =>
        RunPooledOn(Isa.Best, x, weights, bias, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="RunPooled"/> on a given instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int part, int parts)
    {
        const int Window = ConvF32.Pool * ConvF32.Pool;
        for (ConvShare share = new(batch, shape, part, parts, multiple: ConvF32.Pool); share.Next();)
        {
            ConvF32.RunPooledOn(
                isa, x[share.Input..], weights, bias, y.Slice(share.Output / Window, share.OutputLength / Window), share.Batch, share.Shape, min, max);
        }
    }

    /// <summary>One part of <see cref="ConvF32.RunInto"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape,
        float min, float max, int stride, int offset, int part, int parts) =>
        RunIntoOn(Isa.Best, x, weights, bias, y, batch, shape, min, max, stride, offset, part, parts);

    /// <summary><see cref="RunInto"/> on a given instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int stride, int offset, int part, int parts)
    {
        for (ConvShare share = new(batch, shape, part, parts); share.Next();)
        {
            ConvF32.RunIntoOn(
                isa, x[share.Input..], weights, bias, y[(share.Output / shape.OutputChannels * stride)..], share.Batch, share.Shape, min, max, stride, offset);
        }
    }
}
