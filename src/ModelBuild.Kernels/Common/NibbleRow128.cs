using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Nibbles times bytes with <c>pmaddubsw</c>, which cannot saturate here, and without it where the CPU has no such instruction.</summary>
internal readonly struct NibbleRow128 : INibbleRow<Vector128<int>, Vector128<short>, Vector128<byte>>
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source) => Vector128.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadStep(ref byte nibbles) => Vector128.Create(Unsafe.ReadUnaligned<int>(ref nibbles)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadWeights(ref sbyte weights) => Vector128.LoadUnsafe(ref weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AddProducts(Vector128<short> sum, Vector128<byte> nibbles, Vector128<byte> weights)
    {
        if (Ssse3.IsSupported)
        {
            return sum + Ssse3.MultiplyAddAdjacent(nibbles, weights.AsSByte());
        }

        Vector128<short> x = nibbles.AsInt16();
        Vector128<short> w = weights.AsInt16();
        return sum + ((x & Vector128.Create((short)0xFF)) * ((w << 8) >> 8)) + ((x >> 8) * (w >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddParts(Vector128<int> sum, Vector128<short> low, Vector128<short> high) => sum + Pairs(low) + (Pairs(high) << 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(Vector128<short> parts)
    {
        Vector128<int> both = parts.AsInt32();
        return ((both << 16) >> 16) + (both >> 16);
    }
}
