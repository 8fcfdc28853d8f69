using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Vectors that reach beyond the end of a row: only <c>count</c> floats of memory are touched, fewer than the vector has lanes.</summary>
internal static class Partial
{
    /// <summary>Reads <paramref name="count"/> floats; the remaining lanes hold <paramref name="padding"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(ref float source, nuint offset, int count, float padding)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> block = stackalloc float[TVector.Count];
        block.Fill(padding);
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, offset), count).CopyTo(block);
        return TVector.LoadUnsafe(ref MemoryMarshal.GetReference(block), 0);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector value, ref float destination, nuint offset, int count)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> block = stackalloc float[TVector.Count];
        value.StoreUnsafe(ref MemoryMarshal.GetReference(block), 0);
        block[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, offset), count));
    }
}
