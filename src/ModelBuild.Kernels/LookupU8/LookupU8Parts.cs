using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="LookupU8"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class LookupU8Parts
{
    /// <summary>One part of <see cref="LookupU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y, int part, int parts) =>
        RunOn(Isa.Best, x, table, y, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, ReadOnlySpan<byte> table, Span<byte> y, int part, int parts)
    {
        Share values = Share.Of(x.Length, part, parts, Share.Line);
        LookupU8.RunOn(isa, x[values.Begin..values.End], table, y[values.Begin..values.End]);
    }
}
