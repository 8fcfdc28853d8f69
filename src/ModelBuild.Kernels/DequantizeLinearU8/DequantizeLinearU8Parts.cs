using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="DequantizeLinearU8"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class DequantizeLinearU8Parts
{
    /// <summary>One part of <see cref="DequantizeLinearU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint, int part, int parts) =>
        RunOn(Isa.Best, x, y, scale, zeroPoint, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint, int part, int parts)
    {
        Share values = Share.Of(x.Length, part, parts, Share.Line);
        DequantizeLinearU8.RunOn(isa, x[values.Begin..values.End], y[values.Begin..values.End], scale, zeroPoint);
    }
}
