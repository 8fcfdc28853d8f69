using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One direction of ONNX RNN, from the products of the inputs with the weights on: each state is a function of the product with the one before
/// (<see cref="RecurrentProduct"/>) plus what the inputs give.
/// </summary>
internal static partial class RnnF32
{
    /// <summary>Runs the sequences on the best instruction set of this CPU.</summary>
    /// <param name="inputs">[Steps, Batch, Hidden]: the inputs times the weights, and both biases.</param>
    /// <param name="recurrence">The recurrent weights, packed by <see cref="RecurrentPack"/>.</param>
    /// <param name="initial">[Batch, Hidden], or none for 0.</param>
    /// <param name="lengths">[Batch], or none where all sequences are whole.</param>
    /// <param name="scratch">At least <c>(Batch + 1) * Padded</c> floats.</param>
    /// <param name="y">[Steps, Batch, Hidden]: the states of all steps, 0 behind the end of a sequence.</param>
    /// <param name="hidden">[Batch, Hidden]: the states after the last step.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="f">The function.</param>
    public static void Run(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths, Span<float> scratch, Span<float> y,
        Span<float> hidden, in RecurrentShape shape, in RecurrentActivation f) =>
        RunOn(Isa.Best, inputs, recurrence, initial, lengths, scratch, y, hidden, shape, f);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths, Span<float> scratch,
        Span<float> y, Span<float> hidden, in RecurrentShape shape, in RecurrentActivation f)
    {
        switch (isa)
        {
            case IsaLevel.Plain:
                Reference(inputs, recurrence, initial, lengths, scratch, y, hidden, shape, f);
                break;
            case IsaLevel.Avx512:
                Steps<Simd512F32>(isa, inputs, recurrence, initial, lengths, scratch, y, hidden, shape, f);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                Steps<Simd256F32>(isa, inputs, recurrence, initial, lengths, scratch, y, hidden, shape, f);
                break;
            default:
                Steps<Simd128F32>(isa, inputs, recurrence, initial, lengths, scratch, y, hidden, shape, f);
                break;
        }
    }

    private static void Steps<TVector>(
        IsaLevel isa, ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths, Span<float> scratch,
        Span<float> y, Span<float> hidden, in RecurrentShape shape, in RecurrentActivation f)
        where TVector : struct, ISimdF32<TVector>
    {
        int n = shape.Hidden, padded = shape.Padded;
        Span<float> zeros = scratch[..padded], sums = scratch[padded..];
        zeros.Clear();
        RecurrentRows.Start(initial, hidden);
        if (!lengths.IsEmpty)
        {
            y.Clear();
        }

        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(isa, hidden, recurrence, zeros, sums, shape, 1);
            for (int b = 0; b < shape.Batch; b++)
            {
                int length = shape.LengthOf(lengths, b);
                if (step < length)
                {
                    int row = shape.RowOf(step, length, b);
                    Span<float> sum = sums.Slice(b * padded, padded);
                    RecurrentRows.Add<TVector>(inputs.Slice(row * n, n), sum);
                    RecurrentRows.Activate<TVector>(sum, shape, f);
                    sum[..n].CopyTo(hidden[(b * n)..]);
                    sum[..n].CopyTo(y[(row * n)..]);
                }
            }
        }
    }
}
