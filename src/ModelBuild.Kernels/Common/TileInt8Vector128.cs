using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The exact 8-bit dot product on 128-bit vectors: even and odd bytes are widened to 16 bits and multiplied. x64 has <c>pmaddwd</c> for that; elsewhere each
/// 32-bit lane multiplies its bytes one by one.
/// </summary>
internal readonly struct TileInt8Vector128 : ITileInt8Isa<Vector128<int>, TileInt8Vector128.Pairs>
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source) => Vector128.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadWeights(ref sbyte weights) => Weights(Vector128.LoadUnsafe(ref weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs Weights(Vector128<sbyte> weights)
    {
        Vector128<short> bytes = weights.AsInt16();
        return new Pairs(Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(bytes, 8), 8), Vector128.ShiftRightArithmetic(bytes, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadWeights(ref sbyte weights, out Pairs low, out Pairs high)
    {
        low = LoadWeights(ref weights);
        high = LoadWeights(ref Unsafe.Add(ref weights, Lanes * TileInt8Layout.GroupInputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadInputs(ref byte inputs) => Inputs(Vector128.LoadUnsafe(ref inputs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs Broadcast(int inputs) => Inputs(Vector128.Create(inputs).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs Inputs(Vector128<byte> inputs)
    {
        Vector128<short> bytes = inputs.AsInt16();
        return new Pairs(bytes & Vector128.Create((short)0xFF), Vector128.ShiftRightLogical(bytes, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<int> sum, Pairs inputs, Pairs weights) =>
        sum + (WordPairs.MultiplyAdd(inputs.Even, weights.Even) + WordPairs.MultiplyAdd(inputs.Odd, weights.Odd));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;

    /// <summary>Bytes 0 and 2, and bytes 1 and 3, of each lane's four as 16-bit values.</summary>
    internal readonly struct Pairs(Vector128<short> even, Vector128<short> odd)
    {
        public readonly Vector128<short> Even = even;

        public readonly Vector128<short> Odd = odd;
    }
}
