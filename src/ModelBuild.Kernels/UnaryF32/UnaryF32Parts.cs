using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="UnaryF32"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class UnaryF32Parts
{
    /// <summary>One part of <see cref="UnaryF32.Run{TOperation}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperation>(
        ReadOnlySpan<float> x, Span<float> y, TOperation operation, int part, int parts)
        where TOperation : struct, IUnaryF32 =>
        RunOn(Isa.Best, x, y, operation, part, parts);

    /// <summary><see cref="Run{TOperation}"/> on a given instruction set.</summary>
    public static void RunOn<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, TOperation operation, int part, int parts)
        where TOperation : struct, IUnaryF32
    {
        Share values = Share.Of(y.Length, part, parts, Share.Line);
        UnaryF32.RunOn(isa, x[values.Begin..values.End], y[values.Begin..values.End], operation);
    }
}
