using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// One direction of ONNX LSTM, from the products of the inputs with the weights on; gates are i, o, f and c, in this order. A gate is the product with the state
/// (<see cref="RecurrentProduct"/>), plus what the inputs give, plus the peephole, fused. Hochreiter and Schmidhuber, Long Short-Term Memory, 1997.
/// </summary>
internal static partial class LstmF32
{
    private const int Gates = 4;

    /// <summary>Runs the sequences on the best instruction set of this CPU.</summary>
    /// <param name="inputs">[Steps, Batch, 4 * Hidden]: the inputs times the weights, and both biases.</param>
    /// <param name="recurrence">The recurrent weights, packed by <see cref="RecurrentPack"/>.</param>
    /// <param name="initialHidden">[Batch, Hidden], or none for 0.</param>
    /// <param name="initialCell">[Batch, Hidden], or none for 0.</param>
    /// <param name="lengths">[Batch], or none where all sequences are whole.</param>
    /// <param name="peepholes">[3 * Hidden], of i, o and f; or none.</param>
    /// <param name="scratch">At least <c>5 * (Batch + 1) * Padded</c> floats.</param>
    /// <param name="y">[Steps, Batch, Hidden]: the states of all steps, 0 behind the end of a sequence.</param>
    /// <param name="hidden">[Batch, Hidden]: the states after the last step.</param>
    /// <param name="cell">[Batch, Hidden]: the cells after the last step.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="couples">Whether the forget gate is 1 less the input gate.</param>
    /// <param name="f">The function of the gates i, o and f.</param>
    /// <param name="g">The function of what is added to the cell.</param>
    /// <param name="h">The function of the cell on its way to the state.</param>
    public static void Run(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initialHidden, ReadOnlySpan<float> initialCell, ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> peepholes, Span<float> scratch, Span<float> y, Span<float> hidden, Span<float> cell, in RecurrentShape shape, bool couples,
        in RecurrentActivation f, in RecurrentActivation g, in RecurrentActivation h) =>
        RunOn(Isa.Best, inputs, recurrence, initialHidden, initialCell, lengths, peepholes, scratch, y, hidden, cell, shape, couples, f, g, h);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initialHidden, ReadOnlySpan<float> initialCell,
        ReadOnlySpan<int> lengths, ReadOnlySpan<float> peepholes, Span<float> scratch, Span<float> y, Span<float> hidden, Span<float> cell, in RecurrentShape shape,
        bool couples, in RecurrentActivation f, in RecurrentActivation g, in RecurrentActivation h)
    {
        switch (isa)
        {
            case IsaLevel.Plain:
                Reference(inputs, recurrence, initialHidden, initialCell, lengths, peepholes, scratch, y, hidden, cell, shape, couples, f, g, h);
                break;
            case IsaLevel.Avx512:
                Steps<Simd512F32>(isa, inputs, recurrence, initialHidden, initialCell, lengths, peepholes, scratch, y, hidden, cell, shape, couples, f, g, h);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                Steps<Simd256F32>(isa, inputs, recurrence, initialHidden, initialCell, lengths, peepholes, scratch, y, hidden, cell, shape, couples, f, g, h);
                break;
            default:
                Steps<Simd128F32>(isa, inputs, recurrence, initialHidden, initialCell, lengths, peepholes, scratch, y, hidden, cell, shape, couples, f, g, h);
                break;
        }
    }

    private static void Steps<TVector>(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initialHidden, ReadOnlySpan<float> initialCell,
        ReadOnlySpan<int> lengths, ReadOnlySpan<float> peepholes, Span<float> scratch, Span<float> y, Span<float> hidden, Span<float> cell, in RecurrentShape shape,
        bool couples, in RecurrentActivation f, in RecurrentActivation g, in RecurrentActivation h)
        where TVector : struct, ISimdF32<TVector>
    {
        int n = shape.Hidden, padded = shape.Padded;
        Span<float> zeros = scratch[..(Gates * padded)], cells = scratch.Slice(Gates * padded, padded), sums = scratch[((Gates + 1) * padded)..];
        Span<float> memory = sums[(shape.Batch * Gates * padded)..];
        zeros.Clear();
        RecurrentRows.Start(initialHidden, hidden);
        memory[..(shape.Batch * padded)].Clear();
        for (int b = 0; b < shape.Batch && !initialCell.IsEmpty; b++)
        {
            initialCell.Slice(b * n, n).CopyTo(memory[(b * padded)..]);
        }

        if (!lengths.IsEmpty)
        {
            y.Clear();
        }

        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(isa, hidden, recurrence, zeros, sums, shape, Gates);
            for (int b = 0; b < shape.Batch; b++)
            {
                int length = shape.LengthOf(lengths, b);
                if (step >= length)
                {
                    continue;
                }

                int row = shape.RowOf(step, length, b);
                Span<float> gates = sums.Slice(b * Gates * padded, Gates * padded), c = memory.Slice(b * padded, padded);
                RecurrentRows.AddGates<TVector>(inputs.Slice(row * Gates * n, Gates * n), gates, shape, Gates);
                Cell<TVector>(gates, c, peepholes, shape, couples, f, g);
                if (!peepholes.IsEmpty)
                {
                    RecurrentRows.AddProducts<TVector>(peepholes.Slice(n, n), c, gates[padded..]);
                }

                RecurrentRows.Activate<TVector>(gates.Slice(padded, padded), shape, f);
                c.CopyTo(cells);
                h.Apply<TVector>(cells);
                Multiply<TVector>(gates.Slice(padded, padded), cells);
                cells[..n].CopyTo(hidden[(b * n)..]);
                cells[..n].CopyTo(y[(row * n)..]);
            }
        }

        for (int b = 0; b < shape.Batch; b++)
        {
            memory.Slice(b * padded, n).CopyTo(cell[(b * n)..]);
        }
    }

    /// <summary><c>c = f * c + i * g</c>, the last sum fused.</summary>
    private static void Cell<TVector>(
        Span<float> gates, Span<float> c, ReadOnlySpan<float> peepholes, in RecurrentShape shape, bool couples, in RecurrentActivation f, in RecurrentActivation g)
        where TVector : struct, ISimdF32<TVector>
    {
        int n = shape.Hidden, padded = shape.Padded;
        Span<float> input = gates[..padded], forget = gates.Slice(2 * padded, padded), candidate = gates.Slice(3 * padded, padded);
        if (!peepholes.IsEmpty)
        {
            RecurrentRows.AddProducts<TVector>(peepholes[..n], c, input);
            RecurrentRows.AddProducts<TVector>(peepholes.Slice(2 * n, n), c, forget);
        }

        RecurrentRows.Activate<TVector>(input, shape, f);
        RecurrentRows.Activate<TVector>(candidate, shape, g);
        if (!couples)
        {
            RecurrentRows.Activate<TVector>(forget, shape, f);
        }

        Mix<TVector>(input, forget, candidate, c, couples);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Mix<TVector>(ReadOnlySpan<float> input, ReadOnlySpan<float> forget, ReadOnlySpan<float> candidate, Span<float> c, bool couples)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float i0 = ref MemoryMarshal.GetReference(input[..c.Length]);
        ref float f0 = ref MemoryMarshal.GetReference(forget[..c.Length]);
        ref float g0 = ref MemoryMarshal.GetReference(candidate[..c.Length]);
        ref float c0 = ref MemoryMarshal.GetReference(c);
        for (nuint j = 0; j < (nuint)c.Length; j += (nuint)TVector.Count)
        {
            TVector i = TVector.LoadUnsafe(in i0, j);
            TVector kept = couples ? TVector.Create(1f) - i : TVector.LoadUnsafe(in f0, j);
            TVector.FusedMultiplyAdd(kept, TVector.LoadUnsafe(in c0, j), i * TVector.LoadUnsafe(in g0, j)).StoreUnsafe(ref c0, j);
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
