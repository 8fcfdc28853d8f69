using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="RequantizeU8"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class RequantizeU8Parts
{
    /// <summary>One part of <see cref="RequantizeU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output, int part, int parts) =>
        RunOn(Isa.Best, x, y, inputZeroPoint, scale, output, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output, int part, int parts)
    {
        Share values = Share.Of(x.Length, part, parts, Share.Line);
        RequantizeU8.RunOn(isa, x[values.Begin..values.End], y[values.Begin..values.End], inputZeroPoint, scale, output);
    }
}
