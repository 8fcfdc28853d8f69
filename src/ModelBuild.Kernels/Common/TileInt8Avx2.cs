using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The exact 8-bit dot product on AVX2: even and odd bytes are widened to 16 bits and multiplied with <c>vpmaddwd</c>. The shorter <c>vpmaddubsw</c> saturates
/// (255 * 127 twice does not fit in 16 bits), which would make results depend on the CPU.
/// </summary>
internal readonly struct TileInt8Avx2 : ITileInt8Isa<Vector256<int>, TileInt8Avx2.Pairs>
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadWeights(ref sbyte weights) => Weights(Vector256.LoadUnsafe(ref weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs Weights(Vector256<sbyte> weights)
    {
        Vector256<short> bytes = weights.AsInt16();
        return new Pairs(Avx2.ShiftRightArithmetic(Avx2.ShiftLeftLogical(bytes, 8), 8), Avx2.ShiftRightArithmetic(bytes, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadWeights(ref sbyte weights, out Pairs low, out Pairs high)
    {
        low = LoadWeights(ref weights);
        high = LoadWeights(ref Unsafe.Add(ref weights, Lanes * TileInt8Layout.GroupInputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadInputs(ref byte inputs) => Inputs(Vector256.LoadUnsafe(ref inputs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs Broadcast(int inputs) => Inputs(Vector256.Create(inputs).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs Inputs(Vector256<byte> inputs)
    {
        Vector256<short> bytes = inputs.AsInt16();
        return new Pairs(Avx2.And(bytes, Vector256.Create((short)0xFF)), Avx2.ShiftRightLogical(bytes, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, Pairs inputs, Pairs weights)
    {
        Vector256<int> even = Avx2.MultiplyAddAdjacent(inputs.Even, weights.Even);
        Vector256<int> odd = Avx2.MultiplyAddAdjacent(inputs.Odd, weights.Odd);
        return Avx2.Add(sum, Avx2.Add(even, odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;

    /// <summary>Bytes 0 and 2, and bytes 1 and 3, of each lane's four as 16-bit values.</summary>
    internal readonly struct Pairs(Vector256<short> even, Vector256<short> odd)
    {
        public readonly Vector256<short> Even = even;

        public readonly Vector256<short> Odd = odd;
    }
}
