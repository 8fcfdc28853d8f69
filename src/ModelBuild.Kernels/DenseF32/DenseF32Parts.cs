using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="DenseF32"/> in parts: each computes some rows or, where rows are few, some panels of one row. Together they give the bits of one call.</summary>
internal static class DenseF32Parts
{
    /// <summary>One part of <see cref="DenseF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows, in DenseShape shape,
        float min, float max, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, y, rows, shape, min, max, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows,
        in DenseShape shape, float min, float max, int part, int parts)
    {
        DenseShare share = new(rows, shape, part, parts, PanelsF32.Width);
        if (share.IsEmpty)
        {
            return;
        }

        int first = share.Outputs.Begin;
        DenseF32.RunOn(
            isa, share.Inputs(x), weights[(int)new PanelsF32(shape.Inputs, shape.Outputs).Offset(first)..], bias[first..], share.Results(y),
            share.Rows.Count, share.Shape, min, max);
    }

    /// <summary>One part of <see cref="DenseF32.RunResidual"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max, int part, int parts) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, rows, shape, min, max, part, parts);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual,
        Span<float> y, int rows, in DenseShape shape, float min, float max, int part, int parts)
    {
        DenseShare share = new(rows, shape, part, parts, PanelsF32.Width);
        if (share.IsEmpty)
        {
            return;
        }

        int first = share.Outputs.Begin;
        DenseF32.RunResidualOn(
            isa, share.Inputs(x), weights[(int)new PanelsF32(shape.Inputs, shape.Outputs).Offset(first)..], bias[first..],
            share.Results(residual), share.Results(y), share.Rows.Count, share.Shape, min, max);
    }
}
