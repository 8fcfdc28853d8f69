using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A fully connected layer: <c>y[r, n] = clamp(bias[n] + sum over k of x[r, k] * w[k, n] (+ residual[r, n]))</c>. The sum starts with the bias and adds its
/// products in the order of k with fused multiply-adds; the residual is added last, before the bounds.
/// </summary>
/// <remarks>
/// <c>clamp(v)</c> is <c>min &gt; v ? min : v</c>, then <c>max &lt; v ? max : v</c>: a NaN stays, and infinite bounds change nothing. Weights and bias
/// are packed by <see cref="Pack"/> and <see cref="PackBias"/>. <c>y</c> may be <c>residual</c> but must not overlap <c>x</c>.
/// </remarks>
internal static partial class DenseF32
{
    /// <summary>Runs the layer on the best instruction set of this CPU.</summary>
    /// <param name="x">Inputs, [rows, Inputs].</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="bias">Packed bias.</param>
    /// <param name="y">Outputs, [rows, Outputs].</param>
    /// <param name="rows">Independent input rows.</param>
    /// <param name="shape">Sizes of the weight matrix.</param>
    /// <param name="min">Lower bound of the outputs; negative infinity for none.</param>
    /// <param name="max">Upper bound of the outputs; positive infinity for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows, in DenseShape shape, float min, float max) =>
        RunOn(Isa.Best, x, weights, bias, y, rows, shape, min, max);

    /// <summary>As <see cref="Run"/>, with <paramref name="residual"/> [rows, Outputs] added to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, rows, shape, min, max);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows, in DenseShape shape, float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, y, rows, shape, min, max);
            return;
        }

        Rows(isa, x, weights, bias, ref Unsafe.NullRef<float>(), y, rows, shape, min, max);
    }

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(residual.Length, rows * shape.Outputs, nameof(residual));
        if (isa == IsaLevel.Plain)
        {
            ReferenceResidual(x, weights, bias, residual, y, rows, shape, min, max);
            return;
        }

        Rows(isa, x, weights, bias, ref MemoryMarshal.GetReference(residual), y, rows, shape, min, max);
    }

    /// <summary>The lengths that are checked here are what makes every unchecked access below legal.</summary>
    private static void Rows(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ref float residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max)
    {
        PanelsF32 panels = new(shape.Inputs, shape.Outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, rows * shape.Inputs, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, panels.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, panels.PaddedColumns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, rows * shape.Outputs, nameof(y));
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float w0 = ref MemoryMarshal.GetReference(weights);
        ref float bias0 = ref MemoryMarshal.GetReference(bias);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        if (rows == 1)
        {
            RowF32.Run(isa, ref x0, ref w0, ref bias0, ref y0, ref residual, panels, min, max);
            return;
        }

        nint inputBytes = (nint)shape.Inputs * sizeof(float), outputBytes = (nint)shape.Outputs * sizeof(float);
        TileGeometryF32 tile = new(1, 1, shape.Inputs, 0, 0, inputBytes, 0, outputBytes, min, max);
        TilePlaneF32 plane = new(rows, rows, 0, 0);
        TileF32.Plane(isa, ref x0, ref w0, ref bias0, ref y0, ref residual, panels, plane, tile);
    }
}
