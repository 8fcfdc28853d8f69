using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class LstmF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initialHidden, ReadOnlySpan<float> initialCell, ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> peepholes, Span<float> scratch, Span<float> y, Span<float> hidden, Span<float> cell, in RecurrentShape shape, bool couples,
        in RecurrentActivation f, in RecurrentActivation g, in RecurrentActivation h)
    {
        int n = shape.Hidden, padded = shape.Padded;
        Span<float> zeros = scratch[..(Gates * padded)], sums = scratch[((Gates + 1) * padded)..];
        zeros.Clear();
        RecurrentRows.Start(initialHidden, hidden);
        RecurrentRows.Start(initialCell, cell);
        y.Clear();
        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(IsaLevel.Plain, hidden, recurrence, zeros, sums, shape, Gates);
            for (int b = 0; b < shape.Batch; b++)
            {
                int length = shape.LengthOf(lengths, b), row = shape.RowOf(step, length, b);
                for (int j = 0; j < n && step < length; j++)
                {
                    ReadOnlySpan<float> x = inputs[((row * Gates * n) + j)..], s = sums[((b * Gates * padded) + j)..];
                    ref float c = ref cell[(b * n) + j];
                    float i = s[0] + x[0], o = s[padded] + x[n], forget = s[2 * padded] + x[2 * n];
                    if (!peepholes.IsEmpty)
                    {
                        i = MathF.FusedMultiplyAdd(peepholes[j], c, i);
                        forget = MathF.FusedMultiplyAdd(peepholes[(2 * n) + j], c, forget);
                    }

                    i = f.Of(shape.Clipped(i));
                    forget = couples ? 1 - i : f.Of(shape.Clipped(forget));
                    c = MathF.FusedMultiplyAdd(forget, c, i * g.Of(shape.Clipped(s[3 * padded] + x[3 * n])));
                    o = peepholes.IsEmpty ? o : MathF.FusedMultiplyAdd(peepholes[n + j], c, o);
                    float value = f.Of(shape.Clipped(o)) * h.Of(c);
                    hidden[(b * n) + j] = value;
                    y[(row * n) + j] = value;
                }
            }
        }
    }
}
