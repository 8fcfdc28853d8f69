using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="TileInt8Words256"/> for weights that are words already: a step is the first two weights of each of the panel's outputs, then the last two.
/// </summary>
internal readonly struct TileInt16Words256 : ITileInt8Tile<Vector256<int>, TileInt8Words256.Pairs>
{
    public static int InputBytes => TileInt8Words256.InputBytes;

    public static int StepBytes => TileInt8Layout.StepBytes * sizeof(short);

    public static int Lanes => TileInt8Words256.Lanes;

    public static int Rows => TileInt8Words256.Rows;

    public static bool FinishesQuads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => TileInt8Words256.Load(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => TileInt8Words256.Store(sum, ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => TileInt8Words256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words256.Pairs LoadWeights(ref sbyte weights) => new(
        Vector256.LoadUnsafe(ref weights).AsInt16(),
        Vector256.LoadUnsafe(ref weights, TileInt8Layout.StepBytes).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words256.Pairs LoadStep(ref byte inputs) => TileInt8Words256.LoadStep(ref inputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, TileInt8Words256.Pairs inputs, TileInt8Words256.Pairs weights) =>
        TileInt8Words256.Dot(sum, inputs, weights);
}
