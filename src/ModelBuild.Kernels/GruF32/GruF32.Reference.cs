using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class GruF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> recurrentBias, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths,
        Span<float> scratch, Span<float> y, Span<float> hidden, in RecurrentShape shape, bool resetsProduct, in RecurrentActivation f, in RecurrentActivation g)
    {
        int n = shape.Hidden, padded = shape.Padded, batch = shape.Batch;
        Span<float> bias = scratch[..(Gates * padded)], sums = scratch.Slice(Gates * padded, batch * Gates * padded);
        Span<float> resets = scratch[((Gates + (batch * Gates)) * padded)..], candidates = resets[(batch * n)..];
        bias.Clear();
        recurrentBias.CopyTo(bias[(2 * padded)..]);
        RecurrentRows.Start(initial, hidden);
        y.Clear();
        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(IsaLevel.Plain, hidden, recurrence, bias, sums, shape, Gates);
            for (int i = 0; i < batch * n; i++)
            {
                int b = i / n, j = i % n, length = shape.LengthOf(lengths, b), row = shape.RowOf(step, length, b);
                Span<float> s = sums[((b * Gates * padded) + j)..];
                if (step < length)
                {
                    ReadOnlySpan<float> x = inputs[((row * Gates * n) + j)..];
                    s[0] = f.Of(shape.Clipped(s[0] + x[0]));
                    s[padded] = f.Of(shape.Clipped(s[padded] + x[n]));
                }

                resets[i] = MathF.FusedMultiplyAdd(hidden[i], s[padded], 0);
            }

            if (!resetsProduct)
            {
                RecurrentProduct.Run(IsaLevel.Plain, resets, recurrence[(2 * padded * n)..], bias[(2 * padded)..], candidates, shape, 1);
            }

            for (int i = 0; i < batch * n; i++)
            {
                int b = i / n, j = i % n, length = shape.LengthOf(lengths, b), row = shape.RowOf(step, length, b);
                if (step < length)
                {
                    ReadOnlySpan<float> s = sums[((b * Gates * padded) + j)..];
                    float z = s[0], product = resetsProduct ? s[padded] * s[2 * padded] : candidates[(b * padded) + j];
                    float h = g.Of(shape.Clipped(product + inputs[(((row * Gates) + 2) * n) + j]));
                    hidden[i] = MathF.FusedMultiplyAdd(z, hidden[i], (1 - z) * h);
                    y[(row * n) + j] = hidden[i];
                }
            }
        }
    }
}
