using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Nibbles times bytes with <c>vpmaddubsw</c>, which cannot saturate here.</summary>
internal readonly struct NibbleRow512 : INibbleRow<Vector512<int>, Vector512<short>, Vector512<byte>>
{
    public static int Lanes => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadStep(ref byte nibbles) => Vector512.Create(Unsafe.ReadUnaligned<int>(ref nibbles)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadWeights(ref sbyte weights) => Vector512.LoadUnsafe(ref weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> AddProducts(Vector512<short> sum, Vector512<byte> nibbles, Vector512<byte> weights) =>
        sum + Avx512BW.MultiplyAddAdjacent(nibbles, weights.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddParts(Vector512<int> sum, Vector512<short> low, Vector512<short> high) =>
        sum + (Avx512BW.MultiplyAddAdjacent(low, Vector512.Create((short)1)) + Avx512BW.MultiplyAddAdjacent(high, Vector512.Create((short)16)));
}
