using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A fully connected layer whose weights were pruned in blocks of one input by sixteen outputs: <c>y[r, n] = clamp(bias[n] + sum over the blocks of n of
/// x[r, k] * w[k, n])</c>. The sum starts with the bias and adds its products in the order of k with fused multiply-adds, as the dense layer does, but blocks of
/// zeros are not stored and not multiplied: an infinity or a NaN in x does not reach an output through them.
/// </summary>
/// <remarks>
/// Sixteen outputs make a panel. Panel p has the blocks <c>starts[p]</c> to <c>starts[p + 1]</c>: block b is <c>weights[16 * b ..]</c> for input
/// <c>indices[b]</c>, with ascending inputs within a panel. The bias is padded to whole panels. <c>clamp(v)</c> is <c>min &gt; v ? min : v</c>, then
/// <c>max &lt; v ? max : v</c>. y must not overlap x.
/// </remarks>
internal static partial class DenseSparseF32
{
    /// <summary>Outputs of a panel.</summary>
    private const int PanelOutputs = 16;

    /// <summary>Runs the layer on the best instruction set of this CPU.</summary>
    public static void Run(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<float> bias,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max) =>
        RunOn(Isa.Best, x, weights, indices, starts, bias, y, rows, shape, min, max);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<float> bias,
        Span<float> y,
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, indices, starts, bias, y, rows, shape, min, max);
            return;
        }

        // Slicing checks the lengths once; that every index is below Inputs is the packing's promise.
        int panels = (shape.Outputs + PanelOutputs - 1) / PanelOutputs;
        starts = starts[..(panels + 1)];
        indices = indices[..starts[panels]];
        weights = weights[..(starts[panels] * PanelOutputs)];
        bias = bias[..(panels * PanelOutputs)];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> input = x.Slice(row * shape.Inputs, shape.Inputs);
            Span<float> output = y.Slice(row * shape.Outputs, shape.Outputs);
            if (isa >= IsaLevel.Avx512 && Isa.HasAvx512)
            {
                Row<Simd512F32>(input, weights, indices, starts, bias, output, min, max);
            }
            else if (isa >= IsaLevel.Avx2)
            {
                Row<Simd256F32>(input, weights, indices, starts, bias, output, min, max);
            }
            else
            {
                Row<Simd128F32>(input, weights, indices, starts, bias, output, min, max);
            }
        }
    }

    /// <summary>
    /// Four panels at a time: each output's sum is one chain of dependent additions, and four chains hide their latency. The panels go side by side as far as the
    /// shortest reaches, then each on its own.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void Row<TVector>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<float> bias,
        Span<float> y,
        float min,
        float max)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float input = ref MemoryMarshal.GetReference(x);
        ref float values = ref MemoryMarshal.GetReference(weights);
        ref ushort index = ref MemoryMarshal.GetReference(indices);
        ref int start = ref MemoryMarshal.GetReference(starts);
        Span<float> panel = stackalloc float[4 * PanelOutputs];
        ref float sums = ref MemoryMarshal.GetReference(panel);
        int panels = starts.Length - 1;

        for (int p = 0; p < panels; p += 4)
        {
            // Beyond the last panel the list is empty.
            int begin0 = Unsafe.Add(ref start, p), end0 = Unsafe.Add(ref start, int.Min(p + 1, panels));
            int begin1 = end0, end1 = Unsafe.Add(ref start, int.Min(p + 2, panels));
            int begin2 = end1, end2 = Unsafe.Add(ref start, int.Min(p + 3, panels));
            int begin3 = end2, end3 = Unsafe.Add(ref start, int.Min(p + 4, panels));
            int common = int.Min(int.Min(end0 - begin0, end1 - begin1), int.Min(end2 - begin2, end3 - begin3));
            int count = int.Min(4 * PanelOutputs, y.Length - (p * PanelOutputs));
            panel.Clear();
            bias.Slice(p * PanelOutputs, int.Min(panel.Length, bias.Length - (p * PanelOutputs))).CopyTo(panel);

            for (int lane = 0; lane < PanelOutputs; lane += TVector.Count)
            {
                TVector sum0 = TVector.LoadUnsafe(ref sums, (nuint)lane);
                TVector sum1 = TVector.LoadUnsafe(ref sums, (nuint)(PanelOutputs + lane));
                TVector sum2 = TVector.LoadUnsafe(ref sums, (nuint)((2 * PanelOutputs) + lane));
                TVector sum3 = TVector.LoadUnsafe(ref sums, (nuint)((3 * PanelOutputs) + lane));
                for (int b = 0; b < common; b++)
                {
                    sum0 = Step(sum0, ref input, ref values, ref index, begin0 + b, lane);
                    sum1 = Step(sum1, ref input, ref values, ref index, begin1 + b, lane);
                    sum2 = Step(sum2, ref input, ref values, ref index, begin2 + b, lane);
                    sum3 = Step(sum3, ref input, ref values, ref index, begin3 + b, lane);
                }

                for (int b = begin0 + common; b < end0; b++)
                {
                    sum0 = Step(sum0, ref input, ref values, ref index, b, lane);
                }

                for (int b = begin1 + common; b < end1; b++)
                {
                    sum1 = Step(sum1, ref input, ref values, ref index, b, lane);
                }

                for (int b = begin2 + common; b < end2; b++)
                {
                    sum2 = Step(sum2, ref input, ref values, ref index, b, lane);
                }

                for (int b = begin3 + common; b < end3; b++)
                {
                    sum3 = Step(sum3, ref input, ref values, ref index, b, lane);
                }

                Clamp(sum0, min, max).StoreUnsafe(ref sums, (nuint)lane);
                Clamp(sum1, min, max).StoreUnsafe(ref sums, (nuint)(PanelOutputs + lane));
                Clamp(sum2, min, max).StoreUnsafe(ref sums, (nuint)((2 * PanelOutputs) + lane));
                Clamp(sum3, min, max).StoreUnsafe(ref sums, (nuint)((3 * PanelOutputs) + lane));
            }

            panel[..count].CopyTo(y[(p * PanelOutputs)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Step<TVector>(TVector sum, ref float x, ref float weights, ref ushort indices, int block, int lane)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(
            TVector.Create(Unsafe.Add(ref x, (nint)Unsafe.Add(ref indices, block))),
            TVector.LoadUnsafe(ref weights, (nuint)(((nint)block * PanelOutputs) + lane)),
            sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp<TVector>(TVector value, float min, float max)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.AtMost(TVector.AtLeast(value, TVector.Create(min)), TVector.Create(max));
}
