using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="SoftmaxF32"/> in parts: each computes some rows, so that a single row is a single part. Together they give the bits of one call.</summary>
internal static class SoftmaxF32Parts
{
    /// <summary>One part of <see cref="SoftmaxF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, int part, int parts) =>
        RunOn(Isa.Best, x, y, outer, axis, inner, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, int part, int parts)
    {
        Share rows = Share.Of(outer, part, parts);
        int block = axis * inner;
        SoftmaxF32.RunOn(isa, x.Slice(rows.Begin * block, rows.Count * block), y.Slice(rows.Begin * block, rows.Count * block), rows.Count, axis, inner);
    }
}
