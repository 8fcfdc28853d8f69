using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="TileInt8Words128"/> for weights that are words already: a step is the first two weights of each of the panel's outputs, then the last two.
/// </summary>
internal readonly struct TileInt16Words128 : ITileInt8Tile<Vector128<int>, TileInt8Words128.Pairs>
{
    public static int InputBytes => TileInt8Words128.InputBytes;

    public static int StepBytes => TileInt8Layout.StepBytes * sizeof(short);

    public static int Lanes => TileInt8Words128.Lanes;

    public static int Rows => TileInt8Words128.Rows;

    public static bool FinishesQuads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source) => TileInt8Words128.Load(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, ref int target) => TileInt8Words128.Store(sum, ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Max(Vector128<int> a, Vector128<int> b) => TileInt8Words128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words128.Pairs LoadWeights(ref sbyte weights) => new(
        Vector128.LoadUnsafe(ref weights).AsInt16(),
        Vector128.LoadUnsafe(ref weights, TileInt8Layout.StepBytes).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words128.Pairs LoadStep(ref byte inputs) => TileInt8Words128.LoadStep(ref inputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<int> sum, TileInt8Words128.Pairs inputs, TileInt8Words128.Pairs weights) =>
        TileInt8Words128.Dot(sum, inputs, weights);
}
