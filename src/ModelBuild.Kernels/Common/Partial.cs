using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Vectors of <see cref="Stripes.Count"/> lanes that reach beyond the end of a row: only <c>count</c> floats of memory are touched, fewer than there are lanes.
/// </summary>
internal static class Partial
{
    /// <summary>Reads <paramref name="count"/> floats; the remaining lanes hold <paramref name="padding"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(ref float source, nuint offset, int count, float padding)
        where TVector : struct, ISimdF32<TVector>
    {
        Unsafe.SkipInit(out Block block);
        TVector.Create(padding).StoreUnsafe(ref Unsafe.As<Block, float>(ref block), 0);
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Unsafe.As<Block, float>(ref block), i) = Unsafe.Add(ref source, offset + (nuint)i);
        }

        return TVector.LoadUnsafe(ref Unsafe.As<Block, float>(ref block), 0);
    }

    /// <summary>Reads a whole vector, or what there is of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadUpTo<TVector>(ref float source, nuint offset, int available, float padding)
        where TVector : struct, ISimdF32<TVector> =>
        available >= Stripes.Count ? TVector.LoadUnsafe(in source, offset) : Load<TVector>(ref source, offset, available, padding);

    /// <summary>Writes a whole vector, or as many lanes as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo<TVector>(TVector value, ref float destination, nuint offset, int available)
        where TVector : struct, ISimdF32<TVector>
    {
        if (available >= Stripes.Count)
        {
            value.StoreUnsafe(ref destination, offset);
        }
        else
        {
            Store(value, ref destination, offset, available);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector value, ref float destination, nuint offset, int count)
        where TVector : struct, ISimdF32<TVector>
    {
        Unsafe.SkipInit(out Block block);
        value.StoreUnsafe(ref Unsafe.As<Block, float>(ref block), 0);
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref destination, offset + (nuint)i) = Unsafe.Add(ref Unsafe.As<Block, float>(ref block), i);
        }
    }

    /// <summary>
    /// Memory for a vector. It is copied float by float: a vector that is read soon after a copy of many bytes waits for hundreds of cycles until that is in the cache. The JIT
    /// does not inline what uses stackalloc, and code for ReadyToRun can pass a vector to inlined calls only.
    /// </summary>
    [InlineArray(Stripes.Count)]
    private struct Block
    {
        private float _first;
    }
}
