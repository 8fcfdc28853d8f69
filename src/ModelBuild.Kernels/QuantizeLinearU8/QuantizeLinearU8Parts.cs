using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="QuantizeLinearU8"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class QuantizeLinearU8Parts
{
    /// <summary>One part of <see cref="QuantizeLinearU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint, int part, int parts) =>
        RunOn(Isa.Best, x, y, scale, zeroPoint, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, Span<byte> y, float scale, int zeroPoint, int part, int parts)
    {
        Share values = Share.Of(x.Length, part, parts, Share.Line);
        QuantizeLinearU8.RunOn(isa, x[values.Begin..values.End], y[values.Begin..values.End], scale, zeroPoint);
    }
}
