using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="AddU8"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class AddU8Parts
{
    /// <summary>One part of <see cref="AddU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add, int part, int parts) =>
        RunOn(Isa.Best, a, b, y, add, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y, in ResidualAdd add, int part, int parts)
    {
        Share values = Share.Of(a.Length, part, parts, Share.Line);
        AddU8.RunOn(isa, a[values.Begin..values.End], b[values.Begin..values.End], y[values.Begin..values.End], add);
    }
}
