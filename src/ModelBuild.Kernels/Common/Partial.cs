using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, offset), count).CopyTo(block);
        return TVector.LoadUnsafe(ref Unsafe.As<Block, float>(ref block), 0);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector value, ref float destination, nuint offset, int count)
        where TVector : struct, ISimdF32<TVector>
    {
        Unsafe.SkipInit(out Block block);
        value.StoreUnsafe(ref Unsafe.As<Block, float>(ref block), 0);
        block[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, offset), count));
    }

    /// <summary>Memory for a vector. The JIT does not inline what uses stackalloc, and code for ReadyToRun can pass a vector to inlined calls only.</summary>
    [InlineArray(Stripes.Count)]
    private struct Block
    {
        private float _first;
    }
}
