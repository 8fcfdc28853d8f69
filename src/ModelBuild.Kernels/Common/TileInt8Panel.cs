using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Panels by the common micro-kernel: two vectors of outputs, one lane for each.</summary>
internal readonly struct TileInt8Panel<TIsa, TSum, TOperand> : ITileInt8Panel
    where TIsa : struct, ITileInt8Tile<TSum, TOperand>
    where TSum : struct
    where TOperand : struct
{
    public static int Rows => TIsa.Rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(int rows, ref byte x, ref nint offsets, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums) =>
        TileInt8.Tile<TIsa, TSum, TOperand>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
}
