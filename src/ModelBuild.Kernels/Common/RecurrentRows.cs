using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// What the steps of recurrent layers do with rows. A row of inputs is of any length, one of memory that a kernel has for itself is of whole vectors. Values are
/// independent of each other, so the width of a vector does not matter.
/// </summary>
internal static class RecurrentRows
{
    /// <summary>The states before the first step: zeros where none are given.</summary>
    public static void Start(ReadOnlySpan<float> initial, Span<float> states)
    {
        if (initial.IsEmpty)
        {
            states.Clear();
        }
        else
        {
            initial[..states.Length].CopyTo(states);
        }
    }

    /// <summary><c>sums[i] += inputs[i]</c>, for the gates one after the other: those of the inputs lie close together, those of the sums are padded.</summary>
    public static void AddGates<TVector>(ReadOnlySpan<float> inputs, Span<float> sums, in RecurrentShape shape, int gates)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int gate = 0; gate < gates; gate++)
        {
            Add<TVector>(inputs.Slice(gate * shape.Hidden, shape.Hidden), sums.Slice(gate * shape.Padded, shape.Padded));
        }
    }

    /// <summary><c>sums[i] += inputs[i]</c>.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Add<TVector>(ReadOnlySpan<float> inputs, Span<float> sums)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float from = ref MemoryMarshal.GetReference(inputs);
        ref float to = ref MemoryMarshal.GetReference(sums[..inputs.Length]);
        int i = 0;
        for (; i <= inputs.Length - TVector.Count; i += TVector.Count)
        {
            (TVector.LoadUnsafe(in to, (nuint)i) + TVector.LoadUnsafe(in from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < inputs.Length; i++)
        {
            sums[i] += inputs[i];
        }
    }

    /// <summary><c>sums[i] += factors[i] * values[i]</c>, rounded once.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void AddProducts<TVector>(ReadOnlySpan<float> factors, ReadOnlySpan<float> values, Span<float> sums)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float left = ref MemoryMarshal.GetReference(factors);
        ref float right = ref MemoryMarshal.GetReference(values[..factors.Length]);
        ref float to = ref MemoryMarshal.GetReference(sums[..factors.Length]);
        int i = 0;
        for (; i <= factors.Length - TVector.Count; i += TVector.Count)
        {
            TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in left, (nuint)i), TVector.LoadUnsafe(in right, (nuint)i), TVector.LoadUnsafe(in to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < factors.Length; i++)
        {
            sums[i] = MathF.FusedMultiplyAdd(factors[i], values[i], sums[i]);
        }
    }

    /// <summary>Cuts the sums, which are whole vectors, and applies a function to them.</summary>
    public static void Activate<TVector>(Span<float> sums, in RecurrentShape shape, in RecurrentActivation function)
        where TVector : struct, ISimdF32<TVector>
    {
        if (!float.IsPositiveInfinity(shape.Clip))
        {
            Clip<TVector>(sums, shape.Clip);
        }

        function.Apply<TVector>(sums);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Clip<TVector>(Span<float> sums, float limit)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float start = ref MemoryMarshal.GetReference(sums);
        for (int i = 0; i <= sums.Length - TVector.Count; i += TVector.Count)
        {
            TVector.LoadUnsafe(in start, (nuint)i).StoreBounded(ref start, (nuint)i, TVector.Create(-limit), TVector.Create(limit));
        }
    }
}
