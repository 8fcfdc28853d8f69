using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="TileInt8Words512"/> for weights that are words already: a step is the first two weights of each of the panel's outputs, then the last two.
/// </summary>
internal readonly struct TileInt16Words512 : ITileInt8Tile<Vector512<int>, TileInt8Words512.Pairs>
{
    public static int InputBytes => TileInt8Words512.InputBytes;

    public static int StepBytes => TileInt8Layout.StepBytes * sizeof(short);

    public static int Lanes => TileInt8Words512.Lanes;

    public static int Rows => TileInt8Words512.Rows;

    public static bool FinishesQuads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source) => TileInt8Words512.Load(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> sum, ref int target) => TileInt8Words512.Store(sum, ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Max(Vector512<int> a, Vector512<int> b) => TileInt8Words512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words512.Pairs LoadWeights(ref sbyte weights) => new(
        Vector512.LoadUnsafe(ref weights).AsInt16(),
        Vector512.LoadUnsafe(ref weights, TileInt8Layout.StepBytes).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileInt8Words512.Pairs LoadStep(ref byte inputs) => TileInt8Words512.LoadStep(ref inputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot(Vector512<int> sum, TileInt8Words512.Pairs inputs, TileInt8Words512.Pairs weights) =>
        TileInt8Words512.Dot(sum, inputs, weights);
}
