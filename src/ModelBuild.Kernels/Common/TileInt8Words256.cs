using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The exact 8-bit dot product on AVX2: inputs are widened before, weights once for the four pixels of a tile, and <c>vpmaddwd</c> multiplies neighbouring pairs.
/// The shorter <c>vpmaddubsw</c> saturates (255 * 127 twice does not fit in 16 bits), which would make results depend on the CPU. Eight accumulators and the widened
/// weights fill the 16 registers.
/// </summary>
internal readonly struct TileInt8Words256 : ITileInt8Tile<Vector256<int>, TileInt8Words256.Pairs>, IWordsRow<Vector256<int>>
{
    public static int InputBytes => sizeof(short);

    public static int StepBytes => TileInt8Layout.StepBytes;

    public static int Lanes => 8;

    public static int Rows => 4;

    public static bool FinishesQuads => false;

    private static Vector256<byte> FirstWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            WordPairs.FirstLow, WordPairs.FirstHigh, WordPairs.FirstLow, WordPairs.FirstHigh).AsByte();
    }

    private static Vector256<byte> SecondWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            WordPairs.SecondLow, WordPairs.SecondHigh, WordPairs.SecondLow, WordPairs.SecondHigh).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadWeights(ref sbyte weights)
    {
        // Each byte goes to the upper half of a word, and an arithmetic shift brings it down with its sign.
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref weights).AsByte();
        return new Pairs(
            Avx2.ShiftRightArithmetic(Avx2.Shuffle(bytes, FirstWords).AsInt16(), 8),
            Avx2.ShiftRightArithmetic(Avx2.Shuffle(bytes, SecondWords).AsInt16(), 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadStep(ref byte inputs) => new(
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref inputs)).AsInt16(),
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref inputs, sizeof(int)))).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, Pairs inputs, Pairs weights) =>
        sum + (Avx2.MultiplyAddAdjacent(inputs.First, weights.First) + Avx2.MultiplyAddAdjacent(inputs.Second, weights.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> DotRow(Vector256<int> sum, ref byte inputs, ref sbyte weights) =>
        sum + Avx2.MultiplyAddAdjacent(
            Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights)), Vector256.Create(Unsafe.ReadUnaligned<long>(ref inputs)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(Vector256<int> low, Vector256<int> high, ref int start, ref int sums) =>
        (Vector256.LoadUnsafe(ref start) + Avx2.Permute4x64(Avx2.HorizontalAdd(low, high).AsInt64(), 0b11_01_10_00).AsInt32()).StoreUnsafe(ref sums);

    /// <summary>Inputs or weights 0 and 1, and 2 and 3, of each lane's four as words.</summary>
    internal readonly struct Pairs(Vector256<short> first, Vector256<short> second)
    {
        public readonly Vector256<short> First = first;

        public readonly Vector256<short> Second = second;
    }
}
