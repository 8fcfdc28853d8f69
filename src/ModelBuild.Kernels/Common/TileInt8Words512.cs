using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The exact 8-bit dot product on AVX-512 without <c>vpdpbusd</c>: inputs are widened before, weights once for the sixteen pixels of a tile, and <c>vpmaddwd</c>
/// multiplies neighbouring pairs. A tile is one vector, a whole panel, wide; inputs are broadcast by loads, which cost no vector operation.
/// </summary>
internal readonly struct TileInt8Words512 : ITileInt8Tile<Vector512<int>, TileInt8Words512.Pairs>, IWordsRow<Vector512<int>>
{
    public static int InputBytes => sizeof(short);

    public static int StepBytes => TileInt8Layout.StepBytes;

    public static int Lanes => 16;

    public static int Rows => 16;

    public static bool FinishesQuads => true;

    private static Vector512<byte> FirstWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            WordPairs.FirstLow, WordPairs.FirstHigh,
            WordPairs.FirstLow, WordPairs.FirstHigh,
            WordPairs.FirstLow, WordPairs.FirstHigh,
            WordPairs.FirstLow, WordPairs.FirstHigh).AsByte();
    }

    private static Vector512<byte> SecondWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            WordPairs.SecondLow, WordPairs.SecondHigh,
            WordPairs.SecondLow, WordPairs.SecondHigh,
            WordPairs.SecondLow, WordPairs.SecondHigh,
            WordPairs.SecondLow, WordPairs.SecondHigh).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Max(Vector512<int> a, Vector512<int> b) => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadWeights(ref sbyte weights)
    {
        // Each byte goes to the upper half of a word, and an arithmetic shift brings it down with its sign.
        Vector512<byte> bytes = Vector512.LoadUnsafe(ref weights).AsByte();
        return new Pairs(
            Avx512BW.ShiftRightArithmetic(Avx512BW.Shuffle(bytes, FirstWords).AsInt16(), 8),
            Avx512BW.ShiftRightArithmetic(Avx512BW.Shuffle(bytes, SecondWords).AsInt16(), 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadStep(ref byte inputs) => new(
        Vector512.Create(Unsafe.ReadUnaligned<int>(ref inputs)).AsInt16(),
        Vector512.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref inputs, sizeof(int)))).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot(Vector512<int> sum, Pairs inputs, Pairs weights) =>
        sum + (Avx512BW.MultiplyAddAdjacent(inputs.First, weights.First) + Avx512BW.MultiplyAddAdjacent(inputs.Second, weights.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> DotRow(Vector512<int> sum, ref byte inputs, ref sbyte weights) =>
        sum + Avx512BW.MultiplyAddAdjacent(
            Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref weights)), Vector512.Create(Unsafe.ReadUnaligned<long>(ref inputs)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(Vector512<int> low, Vector512<int> high, ref int start, ref int sums)
    {
        var even = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        var odd = Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        Vector512<int> joined = Avx512F.PermuteVar16x32x2(low, even, high) + Avx512F.PermuteVar16x32x2(low, odd, high);
        (Vector512.LoadUnsafe(ref start) + joined).StoreUnsafe(ref sums);
    }

    /// <summary>Inputs or weights 0 and 1, and 2 and 3, of each lane's four as words.</summary>
    internal readonly struct Pairs(Vector512<short> first, Vector512<short> second)
    {
        public readonly Vector512<short> First = first;

        public readonly Vector512<short> Second = second;
    }
}
