using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>From a tile's sums to the output.</content>
internal static partial class TileInt8
{
    /// <summary>Applies the epilogue to the first <paramref name="rows"/> pixels of a tile; up to <paramref name="lastWhole"/> it may store whole vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Finish<TIsa, TSum, TOperand, TOutput>(
        ref int sums,
        int rows,
        in TileInt8Operands operands,
        in TOutput output,
        nint index,
        nint stride,
        nint column,
        int count,
        nint lastWhole)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        // Where the count is the constant width, partial stores, which are calls, vanish from the loop.
        int width = 2 * TIsa.Lanes;
        int whole = count >= width ? rows : 0;
        while (whole < rows && index + (whole * stride) <= lastWhole)
        {
            whole++;
        }

        // Copies, so that what does not change stays in registers: the stores of a row might change the originals.
        TOutput finish = output;
        TileInt8Operands buffers = operands;
        for (int row = 0; row < whole; row++)
        {
            finish.Store(buffers, index, column, width, TIsa.Load(ref sums), TIsa.Load(ref Unsafe.Add(ref sums, TIsa.Lanes)));
            sums = ref Unsafe.Add(ref sums, width);
            index += stride;
        }

        for (int row = whole; row < rows; row++)
        {
            output.Store(operands, index, column, count, TIsa.Load(ref sums), TIsa.Load(ref Unsafe.Add(ref sums, TIsa.Lanes)));
            sums = ref Unsafe.Add(ref sums, width);
            index += stride;
        }
    }
}
