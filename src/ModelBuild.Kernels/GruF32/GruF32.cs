using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// One direction of ONNX GRU, from the products of the inputs with the weights on; gates are z, r and h, in this order. A gate is the product with the state
/// (<see cref="RecurrentProduct"/>), plus what the inputs give. Cho et al., https://arxiv.org/abs/1406.1078
/// </summary>
internal static partial class GruF32
{
    private const int Gates = 3;

    /// <summary>Runs the sequences on the best instruction set of this CPU.</summary>
    /// <param name="inputs">[Steps, Batch, 3 * Hidden]: the inputs times the weights, and all biases but <paramref name="recurrentBias"/>.</param>
    /// <param name="recurrence">The recurrent weights, packed by <see cref="RecurrentPack"/>.</param>
    /// <param name="recurrentBias">[Hidden], or none for 0: the bias in the product of h with the state, where the reset gate is applied to that.</param>
    /// <param name="initial">[Batch, Hidden], or none for 0.</param>
    /// <param name="lengths">[Batch], or none where all sequences are whole.</param>
    /// <param name="scratch">At least <c>5 * (Batch + 1) * Padded</c> floats.</param>
    /// <param name="y">[Steps, Batch, Hidden]: the states of all steps, 0 behind the end of a sequence.</param>
    /// <param name="hidden">[Batch, Hidden]: the states after the last step.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="resetsProduct">Whether the reset gate is applied to the product with the state, and not to the state itself.</param>
    /// <param name="f">The function of the gates z and r.</param>
    /// <param name="g">The function of h.</param>
    public static void Run(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths,
        Span<float> scratch, Span<float> y, Span<float> hidden, in RecurrentShape shape, bool resetsProduct, in RecurrentActivation f, in RecurrentActivation g) =>
        RunOn(Isa.Best, inputs, recurrence, recurrentBias, initial, lengths, scratch, y, hidden, shape, resetsProduct, f, g);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initial,
        ReadOnlySpan<int> lengths, Span<float> scratch, Span<float> y, Span<float> hidden, in RecurrentShape shape, bool resetsProduct, in RecurrentActivation f,
        in RecurrentActivation g)
    {
        switch (isa)
        {
            case IsaLevel.Plain:
                Reference(inputs, recurrence, recurrentBias, initial, lengths, scratch, y, hidden, shape, resetsProduct, f, g);
                break;
            case IsaLevel.Avx512:
                Steps<Simd512F32>(isa, inputs, recurrence, recurrentBias, initial, lengths, scratch, y, hidden, shape, resetsProduct, f, g);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                Steps<Simd256F32>(isa, inputs, recurrence, recurrentBias, initial, lengths, scratch, y, hidden, shape, resetsProduct, f, g);
                break;
            default:
                Steps<Simd128F32>(isa, inputs, recurrence, recurrentBias, initial, lengths, scratch, y, hidden, shape, resetsProduct, f, g);
                break;
        }
    }

    private static void Steps<TVector>(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initial,
        ReadOnlySpan<int> lengths, Span<float> scratch, Span<float> y, Span<float> hidden, in RecurrentShape shape, bool resetsProduct, in RecurrentActivation f,
        in RecurrentActivation g)
        where TVector : struct, ISimdF32<TVector>
    {
        int n = shape.Hidden, padded = shape.Padded, batch = shape.Batch;
        Span<float> bias = scratch[..(Gates * padded)], sums = scratch.Slice(Gates * padded, batch * Gates * padded);
        Span<float> state = scratch.Slice((Gates + (batch * Gates)) * padded, padded), resets = scratch[((Gates + (batch * Gates) + 1) * padded)..];
        Span<float> candidates = resets[(batch * padded)..];
        bias.Clear();
        recurrentBias.CopyTo(bias[(2 * padded)..]);
        RecurrentRows.Start(initial, hidden);
        if (!lengths.IsEmpty)
        {
            y.Clear();
        }

        // Of z and r alone: their columns are whole panels.
        ReadOnlySpan<float> candidateWeights = recurrence[(2 * padded * n)..];
        int gates = resetsProduct ? Gates : 2;
        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(isa, hidden, recurrence, bias, sums, shape, gates);
            for (int b = 0; b < batch; b++)
            {
                int length = shape.LengthOf(lengths, b);
                if (step < length)
                {
                    Span<float> gate = sums.Slice(b * gates * padded, 2 * padded);
                    RecurrentRows.AddGates<TVector>(inputs.Slice(shape.RowOf(step, length, b) * Gates * n, 2 * n), gate, shape, 2);
                    RecurrentRows.Activate<TVector>(gate, shape, f);
                }
            }

            if (!resetsProduct)
            {
                resets[..(batch * n)].Clear();
                for (int b = 0; b < batch; b++)
                {
                    RecurrentRows.AddProducts<TVector>(hidden.Slice(b * n, n), sums.Slice(((b * gates) + 1) * padded, padded), resets.Slice(b * n, n));
                }

                RecurrentProduct.Run(isa, resets, candidateWeights, bias[(2 * padded)..], candidates, shape, 1);
            }

            for (int b = 0; b < batch; b++)
            {
                int length = shape.LengthOf(lengths, b);
                if (step >= length)
                {
                    continue;
                }

                int row = shape.RowOf(step, length, b);
                Span<float> gate = sums.Slice(b * gates * padded, gates * padded);
                Span<float> candidate = resetsProduct ? gate.Slice(2 * padded, padded) : candidates.Slice(b * padded, padded);
                if (resetsProduct)
                {
                    Multiply<TVector>(gate.Slice(padded, padded), candidate);
                }

                RecurrentRows.Add<TVector>(inputs.Slice(((row * Gates) + 2) * n, n), candidate);
                RecurrentRows.Activate<TVector>(candidate, shape, g);
                hidden.Slice(b * n, n).CopyTo(state);
                Mix<TVector>(gate[..padded], candidate, state);
                state[..n].CopyTo(hidden[(b * n)..]);
                state[..n].CopyTo(y[(row * n)..]);
            }
        }
    }

    /// <summary><c>state = (1 - z) * h + z * state</c>, the last sum fused.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Mix<TVector>(ReadOnlySpan<float> z, ReadOnlySpan<float> h, Span<float> state)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float z0 = ref MemoryMarshal.GetReference(z[..state.Length]);
        ref float h0 = ref MemoryMarshal.GetReference(h[..state.Length]);
        ref float s0 = ref MemoryMarshal.GetReference(state);
        for (nuint j = 0; j < (nuint)state.Length; j += (nuint)TVector.Count)
        {
            TVector kept = TVector.LoadUnsafe(in z0, j);
            TVector.FusedMultiplyAdd(kept, TVector.LoadUnsafe(in s0, j), (TVector.Create(1f) - kept) * TVector.LoadUnsafe(in h0, j)).StoreUnsafe(ref s0, j);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Multiply<TVector>(ReadOnlySpan<float> factors, Span<float> values)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float from = ref MemoryMarshal.GetReference(factors[..values.Length]);
        ref float to = ref MemoryMarshal.GetReference(values);
        for (nuint j = 0; j < (nuint)values.Length; j += (nuint)TVector.Count)
        {
            (TVector.LoadUnsafe(in from, j) * TVector.LoadUnsafe(in to, j)).StoreUnsafe(ref to, j);
        }
    }
}
