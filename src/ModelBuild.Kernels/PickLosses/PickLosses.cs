using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX NegativeLogLikelihoodLoss before it is reduced: of each sample, the weighted loss at its class, and the weight.</summary>
internal static class PickLosses
{
    /// <summary><c>losses[n, i] = -x[n, target[n, i], i] * w</c>, where w is the weight of the class, 1 without weights, and 0 for the class that is ignored.</summary>
    /// <exception cref="ArgumentException">A target is no class.</exception>
    public static void Run<T, TTarget>(
        ReadOnlySpan<T> x, // [outer, classes, inner]
        ReadOnlySpan<TTarget> targets, // [outer, inner]
        ReadOnlySpan<T> weights, // [classes], or none
        Span<T> losses, // [outer, inner]
        Span<T> used, // [outer, inner]
        int outer,
        int classes,
        int inner,
        bool ignores,
        long ignored)
        where T : unmanaged, INumber<T>
        where TTarget : unmanaged, IBinaryInteger<TTarget>
    {
        for (int n = 0; n < outer; n++)
        {
            for (int i = 0; i < inner; i++)
            {
                int at = (n * inner) + i;
                long target = long.CreateChecked(targets[at]);
                if (ignores && target == ignored)
                {
                    losses[at] = T.Zero;
                    used[at] = T.Zero;
                    continue;
                }

                if (target < 0 || target >= classes)
                {
                    throw new ArgumentException($"Target {target} is none of {classes} classes.", nameof(targets));
                }

                T weight = weights.IsEmpty ? T.One : weights[(int)target];
                losses[at] = -x[(((n * classes) + (int)target) * inner) + i] * weight;
                used[at] = weight;
            }
        }
    }
}
