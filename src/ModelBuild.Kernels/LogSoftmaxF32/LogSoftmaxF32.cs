using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX LogSoftmax along the middle axis of <c>x[outer, axis, inner]</c>: <c>y = (x - max) - ln(sum of e^(x - max))</c>.
/// With inner 1 the maximum and the sum are taken in the order of <see cref="Stripes"/>, otherwise in the order of the axis; results are the same bits at every
/// instruction set. y may be the same span as x.
/// </summary>
internal static partial class LogSoftmaxF32
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
        int first = inner == 1 && axis > 0
            ? Rows<TVector>(ref MemoryMarshal.GetReference(x[..(outer * block)]), ref MemoryMarshal.GetReference(y[..(outer * block)]), outer, axis)
            : 0;
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
        float logarithm = MathF32.Log(new ScalarF32(SumOfPowers<TVector>(ref x, length, largest))).Value;
        Subtract<TVector>(ref x, ref y, length, largest, logarithm);
    }

    /// <summary>The sum of <c>e^(x - largest)</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static float SumOfPowers<TVector>(ref float x, int length, float largest)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector shift = TVector.Create(largest), total = TVector.Zero;
        for (int i = 0; i < length; i += Stripes.Count)
        {
            // e^-infinity, which is 0, does not change the sum.
            total += MathF32.ExpWithoutOverflow(Partial.LoadUpTo<TVector>(ref x, (nuint)i, length - i, float.NegativeInfinity) - shift);
        }

        return TVector.Fold(total, default(AddF32));
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Subtract<TVector>(ref float x, ref float y, int length, float largest, float logarithm)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector first = TVector.Create(largest), second = TVector.Create(logarithm);
        for (int i = 0; i < length; i += Stripes.Count)
        {
            int rest = length - i;
            TVector difference = Partial.LoadUpTo<TVector>(ref x, (nuint)i, rest, 0f) - first;
            Partial.StoreUpTo(difference - second, ref y, (nuint)i, rest);
        }
    }

    /// <summary>Handles as many lanes from <paramref name="lane"/> on as fill whole vectors, and returns the first that is left.</summary>
    private static int Lanes<TVector>(ref float x, ref float y, int lane, int axis, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> totals = stackalloc float[Stripes.Count];
        ref float total = ref MemoryMarshal.GetReference(totals);
        for (; lane <= inner - TVector.Count; lane += TVector.Count)
        {
            ref float to = ref Unsafe.Add(ref y, lane);
            SubtractLargest<TVector>(ref Unsafe.Add(ref x, lane), ref to, ref total, axis, inner);
            SubtractLogarithm<TVector>(ref to, ref total, axis, inner);
        }

        return lane;
    }

    /// <summary><c>y = x - max</c>, and the sum of <c>e^y</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void SubtractLargest<TVector>(ref float x, ref float y, ref float total, int axis, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        // A NaN that is ignored here makes the sum NaN.
        TVector largest = TVector.Create(float.NegativeInfinity);
        for (int a = 0; a < axis; a++)
        {
            largest = TVector.AtLeast(largest, TVector.LoadUnsafe(in x, (nuint)(a * inner)));
        }

        TVector sum = TVector.Zero;
        for (int a = 0; a < axis; a++)
        {
            TVector difference = TVector.LoadUnsafe(in x, (nuint)(a * inner)) - largest;
            difference.StoreUnsafe(ref y, (nuint)(a * inner));
            sum += MathF32.ExpWithoutOverflow(difference);
        }

        sum.StoreUnsafe(ref total, 0);
    }

    /// <summary><c>y = y - ln(total)</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void SubtractLogarithm<TVector>(ref float y, ref float total, int axis, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        TakeLogarithm<TVector>(ref total);
        TVector logarithm = TVector.LoadUnsafe(in total, 0);
        for (int a = 0; a < axis; a++)
        {
            nuint at = (nuint)(a * inner);
            (TVector.LoadUnsafe(in y, at) - logarithm).StoreUnsafe(ref y, at);
        }
    }

    /// <summary><c>total = ln(total)</c>; a method of its own because of how much the JIT inlines into one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void TakeLogarithm<TVector>(ref float total)
        where TVector : struct, ISimdF32<TVector> => MathF32.Log(TVector.LoadUnsafe(in total, 0)).StoreUnsafe(ref total, 0);
}
