using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class RnnF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> recurrence, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths, Span<float> scratch, Span<float> y,
        Span<float> hidden, in RecurrentShape shape, in RecurrentActivation f)
    {
        int n = shape.Hidden, padded = shape.Padded;
        Span<float> zeros = scratch[..padded], sums = scratch[padded..];
        zeros.Clear();
        RecurrentRows.Start(initial, hidden);
        y.Clear();
        for (int step = 0; step < shape.Steps; step++)
        {
            RecurrentProduct.Run(IsaLevel.Plain, hidden, recurrence, zeros, sums, shape, 1);
            for (int b = 0; b < shape.Batch; b++)
            {
                int length = shape.LengthOf(lengths, b), row = shape.RowOf(step, length, b);
                for (int j = 0; j < n && step < length; j++)
                {
                    float value = f.Of(shape.Clipped(sums[(b * padded) + j] + inputs[(row * n) + j]));
                    hidden[(b * n) + j] = value;
                    y[(row * n) + j] = value;
                }
            }
        }
    }
}
