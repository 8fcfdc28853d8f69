using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A fully connected layer with few outputs, for single rows. A sum that takes its products one after the other waits four cycles for each; with few outputs
/// there is nothing else to do meanwhile. So this kernel has a contract of its own: product k goes to chain k % 4, each chain adds its products in order with
/// fused multiply-adds, chain 0 starts with the bias and the others with +0, and the sum is <c>(chain 0 + chain 2) + (chain 1 + chain 3)</c>.
/// </summary>
/// <remarks>
/// Packing, bounds and lengths are those of <see cref="DenseF32"/>, whose results differ in the last bits: which of the two a layer uses follows from its shape
/// (<see cref="Suits"/>), never from the CPU. <c>y</c> must not overlap <c>x</c>.
/// </remarks>
internal static partial class DenseSplitF32
{
    /// <summary>Chains of a sum.</summary>
    private const int Chains = 4;

    /// <summary>
    /// Whether this kernel beats <see cref="DenseF32"/> for single rows: with more than one vector of outputs the loads cost as much as the waits that they
    /// save, and a very short sum has nothing to split.
    /// </summary>
    public static bool Suits(in DenseShape shape) => shape.Outputs <= PanelsF32.NarrowWidth && shape.Inputs >= 4 * Chains;

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

        // These lengths are what makes every unchecked access below legal.
        PanelsF32 panels = new(shape.Inputs, shape.Outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, rows * shape.Inputs, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, panels.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, panels.PaddedColumns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, rows * shape.Outputs, nameof(y));
        ref float w0 = ref MemoryMarshal.GetReference(weights);
        ref float bias0 = ref MemoryMarshal.GetReference(bias);
        for (int row = 0; row < rows; row++)
        {
            ref float x0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)row * shape.Inputs);
            ref float y0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), (nint)row * shape.Outputs);
            switch (isa)
            {
                case IsaLevel.Avx512:
                    Row<Simd512F32>(ref x0, ref w0, ref bias0, ref y0, panels, min, max);
                    break;
                case IsaLevel.AvxVnni or IsaLevel.Avx2:
                    Row<Simd256F32>(ref x0, ref w0, ref bias0, ref y0, panels, min, max);
                    break;
                default:
                    Row<Simd128F32>(ref x0, ref w0, ref bias0, ref y0, panels, min, max);
                    break;
            }
        }
    }
}
