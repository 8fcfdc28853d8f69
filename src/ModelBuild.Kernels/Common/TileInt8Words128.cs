using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The exact 8-bit dot product on 128-bit vectors: inputs are widened before, weights once for the four pixels of a tile. x64 multiplies neighbouring pairs with
/// <c>pmaddwd</c>; elsewhere each 32-bit lane multiplies its words one by one.
/// </summary>
internal readonly struct TileInt8Words128 : ITileInt8Tile<Vector128<int>, TileInt8Words128.Pairs>, IWordsRow<Vector128<int>>
{
    public static int InputBytes => sizeof(short);

    public static int StepBytes => TileInt8Layout.StepBytes;

    public static int Lanes => 4;

    public static int Rows => 4;

    public static bool FinishesQuads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source) => Vector128.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Max(Vector128<int> a, Vector128<int> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadWeights(ref sbyte weights)
    {
        // Each byte goes to the upper half of a word, and an arithmetic shift brings it down with its sign. The constants are written in place: .NET 9 makes an instruction of
        // the shuffle only where it sees them at once.
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref weights).AsByte();
        return new Pairs(
            Vector128.ShiftRightArithmetic(Vector128.Shuffle(bytes, Vector128.Create(WordPairs.FirstLow, WordPairs.FirstHigh).AsByte()).AsInt16(), 8),
            Vector128.ShiftRightArithmetic(Vector128.Shuffle(bytes, Vector128.Create(WordPairs.SecondLow, WordPairs.SecondHigh).AsByte()).AsInt16(), 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs LoadStep(ref byte inputs) => new(
        Vector128.Create(Unsafe.ReadUnaligned<int>(ref inputs)).AsInt16(),
        Vector128.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref inputs, sizeof(int)))).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<int> sum, Pairs inputs, Pairs weights) =>
        sum + (WordPairs.MultiplyAdd(inputs.First, weights.First) + WordPairs.MultiplyAdd(inputs.Second, weights.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> DotRow(Vector128<int> sum, ref byte inputs, ref sbyte weights)
    {
        Vector128<sbyte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref weights))).AsSByte();
        return sum + WordPairs.MultiplyAdd(Vector128.WidenLower(bytes), Vector128.Create(Unsafe.ReadUnaligned<long>(ref inputs)).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(Vector128<int> low, Vector128<int> high, ref int start, ref int sums)
    {
        // Lanes 0 and 2 of both, and lanes 1 and 3 of both.
        Vector128<int> l = Vector128.Shuffle(low, Vector128.Create(0, 2, 1, 3));
        Vector128<int> h = Vector128.Shuffle(high, Vector128.Create(0, 2, 1, 3));
        Vector128<int> joined = Vector128.Create(l.GetLower(), h.GetLower()) + Vector128.Create(l.GetUpper(), h.GetUpper());
        (Vector128.LoadUnsafe(ref start) + joined).StoreUnsafe(ref sums);
    }

    /// <summary>Inputs or weights 0 and 1, and 2 and 3, of each lane's four as words.</summary>
    internal readonly struct Pairs(Vector128<short> first, Vector128<short> second)
    {
        public readonly Vector128<short> First = first;

        public readonly Vector128<short> Second = second;
    }
}
