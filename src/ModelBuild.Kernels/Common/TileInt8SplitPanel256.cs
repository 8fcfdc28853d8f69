using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Panels on AVX2: six pixels by the halves of a panel, one after the other. See <see cref="TileInt8.SplitTile"/>; what is left of the pixels takes the tile of four,
/// which is faster for them.
/// </summary>
internal readonly struct TileInt8SplitPanel256 : ITileInt8Panel
{
    private const int HalfOutputs = TileInt8Layout.PanelOutputs / 2;

    public static int Rows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(int rows, ref byte x, ref nint offsets, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums)
    {
        if (rows <= TileInt8Words256.Rows)
        {
            TileInt8.Tile<TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
            return;
        }

        TileInt8.SplitTile(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
        TileInt8.SplitTile(
            ref x,
            ref offsets,
            ref Unsafe.Add(ref weights, HalfOutputs * TileInt8Layout.GroupInputs),
            ref Unsafe.Add(ref bias, HalfOutputs),
            shape,
            ref Unsafe.Add(ref sums, HalfOutputs));
    }
}
