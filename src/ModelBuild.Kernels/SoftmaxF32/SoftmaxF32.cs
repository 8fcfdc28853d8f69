using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Softmax along the middle axis of <c>x[outer, axis, inner]</c>: <c>y = e^(x - max) * (1 / sum of e^(x - max))</c>, the reciprocal rounded.
/// With inner 1 the maximum and the sum are taken in the order of <see cref="Stripes"/>, otherwise in the order of the axis; results are the same bits at every
/// instruction set. y may be the same span as x.
/// </summary>
internal static partial class SoftmaxF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner) => RunOn(Isa.Best, x, y, outer, axis, inner);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunOn(IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                RunVectors<Simd512F32>(x, y, outer, axis, inner);
                break;
            case IsaLevel.AvxVnni:
            case IsaLevel.Avx2:
                RunVectors<Pair<Simd256F32>>(x, y, outer, axis, inner);
                break;
            case IsaLevel.Vector128:
                RunVectors<Pair<Pair<Simd128F32>>>(x, y, outer, axis, inner);
                break;
            default:
                Reference(x, y, outer, axis, inner);
                break;
        }
    }

    /// <summary><typeparamref name="TVector"/> has 16 lanes.</summary>
    private static void RunVectors<TVector>(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        int block = axis * inner;
        int first = 0;
        if (inner == 1 && axis > 0)
        {
            ref float input = ref MemoryMarshal.GetReference(x[..(outer * block)]);
            ref float output = ref MemoryMarshal.GetReference(y[..(outer * block)]);
            first = axis <= MaxColumn ? Columns<TVector>(ref input, ref output, outer, axis) : Rows<TVector>(ref input, ref output, outer, axis);
        }

        for (int o = first; o < outer; o++)
        {
            ref float from = ref MemoryMarshal.GetReference(x.Slice(o * block, block));
            ref float to = ref MemoryMarshal.GetReference(y.Slice(o * block, block));
            if (inner == 1)
            {
                Row<TVector>(ref from, ref to, axis);
            }
            else
            {
                int lane = Lanes<TVector>(ref from, ref to, 0, axis, inner);
                Lanes<ScalarF32>(ref from, ref to, lane, axis, inner);
            }
        }
    }

    // Methods that are not inlined, with few operations each: the JIT inlines so many calls into one method and no more.
    private static void Row<TVector>(ref float x, ref float y, int length)
        where TVector : struct, ISimdF32<TVector>
    {
        float largest = Stripes.Largest<TVector>(ref x, length);
        Scale<TVector>(ref y, length, 1f / Powers<TVector>(ref x, ref y, length, largest));
    }

    /// <summary>Writes <c>e^(x - largest)</c> and gives the sum.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static float Powers<TVector>(ref float x, ref float y, int length, float largest)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector shift = TVector.Create(largest), total = TVector.Zero;
        for (int i = 0; i < length; i += Stripes.Count)
        {
            // e^-infinity, which is 0, does not change the sum.
            int rest = length - i;
            TVector power = MathF32.ExpWithoutOverflow(Partial.LoadUpTo<TVector>(ref x, (nuint)i, rest, float.NegativeInfinity) - shift);
            Partial.StoreUpTo(power, ref y, (nuint)i, rest);
            total += power;
        }

        return TVector.Fold(total, default(AddF32));
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Scale<TVector>(ref float y, int length, float factor)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector factors = TVector.Create(factor);
        for (int i = 0; i < length; i += Stripes.Count)
        {
            int rest = length - i;
            Partial.StoreUpTo(Partial.LoadUpTo<TVector>(ref y, (nuint)i, rest, 0f) * factors, ref y, (nuint)i, rest);
        }
    }

    /// <summary>Handles as many lanes from <paramref name="lane"/> on as fill whole vectors, and returns the first that is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static int Lanes<TVector>(ref float x, ref float y, int lane, int axis, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        for (; lane <= inner - TVector.Count; lane += TVector.Count)
        {
            // A NaN that is ignored here makes the sum NaN.
            TVector largest = TVector.Create(float.NegativeInfinity);
            for (int a = 0; a < axis; a++)
            {
                largest = TVector.AtLeast(largest, TVector.LoadUnsafe(in x, (nuint)((a * inner) + lane)));
            }

            TVector total = TVector.Zero;
            for (int a = 0; a < axis; a++)
            {
                nuint at = (nuint)((a * inner) + lane);
                TVector power = MathF32.ExpWithoutOverflow(TVector.LoadUnsafe(in x, at) - largest);
                power.StoreUnsafe(ref y, at);
                total += power;
            }

            TVector factor = TVector.Create(1f) / total;
            for (int a = 0; a < axis; a++)
            {
                nuint at = (nuint)((a * inner) + lane);
                (TVector.LoadUnsafe(in y, at) * factor).StoreUnsafe(ref y, at);
            }
        }

        return lane;
    }
}
