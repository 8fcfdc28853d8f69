using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Dropout: in training each element is kept where the next number of <see cref="MersenneTwister"/> is not below the ratio, and divided by 1 - ratio; otherwise
/// every element is kept as it is.
/// </summary>
internal static class Dropout
{
    /// <summary>The mask says which elements are kept. An empty <paramref name="ratio"/> is 0.5.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<float> ratio, ReadOnlySpan<bool> isTraining, Span<uint> scratch, Span<T> y, Span<bool> mask, long seed)
        where T : struct, INumber<T>
    {
        float dropped = ratio.IsEmpty ? 0.5f : ratio[0];
        if (!isTraining[0] || dropped == 0)
        {
            x.CopyTo(y);
            mask.Fill(true);
            return;
        }

        MersenneTwister random = new(scratch, unchecked((uint)seed));
        T scale = T.CreateSaturating(1.0 / (1.0 - dropped));
        for (int i = 0; i < y.Length; i++)
        {
            mask[i] = random.NextDouble() >= dropped;
            y[i] = mask[i] ? x[i] * scale : T.Zero;
        }
    }
}
