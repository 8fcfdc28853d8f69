using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The product of the states of all sequences with the recurrent weights: <c>sums[b, c] = bias[c] + sum over k of state[b, k] * w[k, c]</c>, in the order of k, with fused
/// multiply-adds. Each gate has <see cref="RecurrentShape.Padded"/> columns, of which the last are zeros.
/// </summary>
internal static class RecurrentProduct
{
    /// <summary>Multiplies.</summary>
    /// <param name="isa">The vectors to use; <see cref="IsaLevel.Plain"/> for none.</param>
    /// <param name="state">[Batch, Hidden].</param>
    /// <param name="weights">Packed weights of the gates; a whole number of panels.</param>
    /// <param name="bias">A value for each column.</param>
    /// <param name="sums">[Batch, gates * Padded].</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="gates">How many gates there are.</param>
    public static void Run(
        IsaLevel isa, ReadOnlySpan<float> state, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> sums, in RecurrentShape shape, int gates)
    {
        // The lengths that are checked here are what makes every unchecked access of the tiles legal.
        PanelsF32 panels = new(shape.Hidden, gates * shape.Padded);
        ArgumentOutOfRangeException.ThrowIfLessThan(state.Length, shape.Batch * shape.Hidden, nameof(state));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, panels.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, panels.Columns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, shape.Batch * panels.Columns, nameof(sums));
        if (isa == IsaLevel.Plain)
        {
            Reference(state, weights, bias, sums, shape.Batch, panels);
            return;
        }

        ref float x = ref MemoryMarshal.GetReference(state);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float b = ref MemoryMarshal.GetReference(bias);
        ref float y = ref MemoryMarshal.GetReference(sums);
        if (shape.Batch == 1)
        {
            RowF32.Run(isa, ref x, ref w, ref b, ref y, ref Unsafe.NullRef<float>(), panels, float.NegativeInfinity, float.PositiveInfinity);
            return;
        }

        nint inputBytes = (nint)panels.Depth * sizeof(float), outputBytes = (nint)panels.Columns * sizeof(float);
        TileGeometryF32 tile = new(1, 1, panels.Depth, 0, 0, inputBytes, 0, outputBytes, float.NegativeInfinity, float.PositiveInfinity);
        TileF32.Plane(isa, ref x, ref w, ref b, ref y, ref Unsafe.NullRef<float>(), panels, new TilePlaneF32(shape.Batch, shape.Batch, 0, 0), tile);
    }

    private static void Reference(ReadOnlySpan<float> state, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> sums, int batch, in PanelsF32 panels)
    {
        for (int b = 0; b < batch; b++)
        {
            for (int column = 0; column < panels.Columns; column++)
            {
                int w = (int)panels.Offset(column), stride = panels.RowStride(column);
                float sum = bias[column];
                for (int k = 0; k < panels.Depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(state[(b * panels.Depth) + k], weights[w + (k * stride)], sum);
                }

                sums[(b * panels.Columns) + column] = sum;
            }
        }
    }
}
