using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Nibbles times bytes with <c>vpmaddubsw</c>, which cannot saturate here.</summary>
internal readonly struct NibbleRow256 : INibbleRow<Vector256<int>, Vector256<short>, Vector256<byte>>
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadStep(ref byte nibbles) => Vector256.Create(Unsafe.ReadUnaligned<int>(ref nibbles)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadWeights(ref sbyte weights) => Vector256.LoadUnsafe(ref weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> AddProducts(Vector256<short> sum, Vector256<byte> nibbles, Vector256<byte> weights) =>
        sum + Avx2.MultiplyAddAdjacent(nibbles, weights.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddParts(Vector256<int> sum, Vector256<short> low, Vector256<short> high) =>
        sum + (Avx2.MultiplyAddAdjacent(low, Vector256.Create((short)1)) + Avx2.MultiplyAddAdjacent(high, Vector256.Create((short)16)));
}
