using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The order in which a contiguous row of floats is reduced, which decides the rounding and is the same at every instruction set: element i goes to stripe i % 16;
/// a stripe takes its elements in order; then stripe i joins stripe i + 8, and the results those 4, 2 and 1 further on.
/// </summary>
internal static class Stripes
{
    /// <summary>Number of stripes: the lanes of the widest vector.</summary>
    public const int Count = 16;

    /// <summary>The joined accumulator of <paramref name="length"/> floats. <typeparamref name="TVector"/> has 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reduce<TVector, TReduction>(ref float x, int length, TReduction reduction)
        where TVector : struct, ISimdF32<TVector>
        where TReduction : struct, IReductionF32
    {
        TVector accumulator = TVector.Create(reduction.Start);
        int i = 0;
        for (; i <= length - Count; i += Count)
        {
            accumulator = reduction.Accumulate(accumulator, TVector.LoadUnsafe(in x, (nuint)i));
        }

        if (i < length)
        {
            accumulator = reduction.Accumulate(accumulator, Partial.Load<TVector>(ref x, (nuint)i, length - i, reduction.Padding));
        }

        return TVector.Fold(accumulator, new CombineF32<TReduction>(reduction));
    }

    /// <summary>The largest of <paramref name="length"/> floats.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public static float Largest<TVector>(ref float x, int length)
        where TVector : struct, ISimdF32<TVector> => Reduce<TVector, ReduceMaxF32>(ref x, length, default);

    /// <summary>The definition of <see cref="Reduce"/>, one value at a time.</summary>
    public static float Reference<TReduction>(ReadOnlySpan<float> x, TReduction reduction)
        where TReduction : struct, IReductionF32
    {
        Span<float> stripes = stackalloc float[Count];
        stripes.Fill(reduction.Start);
        for (int i = 0; i < x.Length; i++)
        {
            stripes[i % Count] = reduction.Accumulate(new ScalarF32(stripes[i % Count]), new ScalarF32(x[i])).Value;
        }

        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                stripes[i] = reduction.Combine(new ScalarF32(stripes[i]), new ScalarF32(stripes[i + half])).Value;
            }
        }

        return stripes[0];
    }

    /// <summary>Joins sixteen partial sums, which it overwrites, in the order of the tree.</summary>
    public static float Join(Span<float> sums)
    {
        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }

    /// <summary>A reduction's <see cref="IReductionF32.Combine"/> as an operation.</summary>
    private readonly record struct CombineF32<TReduction>(TReduction Reduction) : IBinaryF32
        where TReduction : struct, IReductionF32
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimdF32<TVector> => Reduction.Combine(a, b);
    }
}
