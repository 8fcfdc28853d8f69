using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="InstanceNormF32"/> in parts: each computes some channels. Together they give the bits of one call.</summary>
internal static class InstanceNormF32Parts
{
    // Channels of a cache line.
    private const int Multiple = 16;

    /// <summary>One part of <see cref="InstanceNormF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int images, int pixels, int channels, float epsilon, float min, float max,
        int part, int parts) =>
        RunOn(Isa.Best, x, scale, bias, [], y, images, pixels, channels, epsilon, min, max, part, parts);

    /// <summary>One part of <see cref="InstanceNormF32.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels, int channels,
        float epsilon, float min, float max, int part, int parts) =>
        RunOn(Isa.Best, x, scale, bias, residual[..y.Length], y, images, pixels, channels, epsilon, min, max, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set. An empty residual is none.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels,
        int channels, float epsilon, float min, float max, int part, int parts) =>
        InstanceNormF32.RunLanes(isa, x, scale, bias, residual, y, images, pixels, channels, Share.Of(channels, part, parts, Multiple), epsilon, min, max);
}
