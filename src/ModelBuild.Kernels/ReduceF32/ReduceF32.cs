using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Reduces the middle axis: <c>x[outer, axis, inner]</c> becomes <c>y[outer, inner]</c>. With inner 1 a row is reduced in the order of <see cref="Stripes"/>;
/// otherwise each of the inner lanes takes its values in order. Results are the same bits at every instruction set. y may not overlap x.
/// </summary>
internal static partial class ReduceF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TReduction>(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, TReduction reduction)
        where TReduction : struct, IReductionF32 => RunOn(Isa.Best, x, y, outer, axis, inner, reduction);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunOn<TReduction>(
        IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, TReduction reduction)
        where TReduction : struct, IReductionF32
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                RunVectors<Simd512F32, TReduction>(x, y, outer, axis, inner, reduction);
                break;
            case IsaLevel.AvxVnni:
            case IsaLevel.Avx2:
                RunVectors<Pair<Simd256F32>, TReduction>(x, y, outer, axis, inner, reduction);
                break;
            case IsaLevel.Vector128:
                RunVectors<Pair<Pair<Simd128F32>>, TReduction>(x, y, outer, axis, inner, reduction);
                break;
            default:
                Reference(x, y, outer, axis, inner, reduction);
                break;
        }
    }

    /// <summary><typeparamref name="TVector"/> has 16 lanes.</summary>
    private static void RunVectors<TVector, TReduction>(
        ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, TReduction reduction)
        where TVector : struct, ISimdF32<TVector>
        where TReduction : struct, IReductionF32
    {
        for (int o = 0; o < outer; o++)
        {
            ref float block = ref MemoryMarshal.GetReference(x.Slice(o * axis * inner, axis * inner));
            Span<float> result = y.Slice(o * inner, inner);
            if (inner == 1)
            {
                result[0] = reduction.Finish(new ScalarF32(Row<TVector, TReduction>(ref block, axis, reduction)), axis).Value;
            }
            else
            {
                ref float to = ref MemoryMarshal.GetReference(result);
                int lane = Lanes<Pair<TVector>, TReduction>(ref block, ref to, 0, axis, inner, reduction);
                lane = Lanes<TVector, TReduction>(ref block, ref to, lane, axis, inner, reduction);
                Lanes<ScalarF32, TReduction>(ref block, ref to, lane, axis, inner, reduction);
            }
        }
    }

    // Methods that are not inlined: the JIT inlines so many calls into one method and no more.
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static float Row<TVector, TReduction>(ref float x, int length, TReduction reduction)
        where TVector : struct, ISimdF32<TVector>
        where TReduction : struct, IReductionF32 => Stripes.Reduce<TVector, TReduction>(ref x, length, reduction);

    /// <summary>Reduces as many lanes from <paramref name="lane"/> on as fill whole vectors, and returns the first that is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static int Lanes<TVector, TReduction>(ref float x, ref float y, int lane, int axis, int inner, TReduction reduction)
        where TVector : struct, ISimdF32<TVector>
        where TReduction : struct, IReductionF32
    {
        for (; lane <= inner - TVector.Count; lane += TVector.Count)
        {
            TVector accumulator = TVector.Create(reduction.Start);
            for (int a = 0; a < axis; a++)
            {
                accumulator = reduction.Accumulate(accumulator, TVector.LoadUnsafe(in x, (nuint)((a * inner) + lane)));
            }

            reduction.Finish(accumulator, axis).StoreUnsafe(ref y, (nuint)lane);
        }

        return lane;
    }
}
