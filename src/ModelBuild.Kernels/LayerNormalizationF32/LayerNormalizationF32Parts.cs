using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="LayerNormalizationF32"/> in parts: each computes some rows. Together they give the bits of one call.</summary>
internal static class LayerNormalizationF32Parts
{
    /// <summary>One part of <see cref="LayerNormalizationF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length, float epsilon,
        int part, int parts) =>
        RunOn(Isa.Best, x, scale, bias, y, rows, length, epsilon, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length,
        float epsilon, int part, int parts)
    {
        Share share = Share.Of(rows, part, parts);
        LayerNormalizationF32.RunOn(
            isa, x.Slice(share.Begin * length, share.Count * length), scale, bias, y.Slice(share.Begin * length, share.Count * length), share.Count, length, epsilon);
    }
}
