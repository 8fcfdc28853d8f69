using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>From a tile's sums to the output.</content>
internal static partial class TileInt8
{
    /// <summary>
    /// Applies the epilogue to <paramref name="rows"/> rows of <see cref="ProductInt16.Width"/> sums, which become neighbouring pixels of the output. Where pixels are shorter,
    /// vectors that begin up to the element <paramref name="lastWhole"/> (-1 for none) are stored whole: what is too much is to become the next pixels of the same call.
    /// </summary>
    public static void FinishOn<TOutput>(
        IsaLevel isa, ref int sums, int rows, in TileInt8Operands operands, in TOutput output, nint index, nint stride, nint column, int count, nint lastWhole = -1)
        where TOutput : struct, ITileInt8Output
    {
        if (isa >= IsaLevel.Avx512)
        {
            Finish512(ref sums, rows, operands, output, index, stride, column, count, lastWhole);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            Finish<TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(ref sums, rows, operands, output, index, stride, column, count, lastWhole);
        }
        else
        {
            Finish<TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs, TOutput>(ref sums, rows, operands, output, index, stride, column, count, lastWhole);
        }
    }

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
        int whole = WholeRows(rows, width, index, stride, count, lastWhole);

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

    /// <summary>As <see cref="Finish"/>, for rows of sixteen sums where there are 512-bit vectors: whole rows four at a time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Finish512<TOutput>(
        ref int sums, int rows, in TileInt8Operands operands, in TOutput output, nint index, nint stride, nint column, int count, nint lastWhole)
        where TOutput : struct, ITileInt8Output
    {
        int quads = WholeRows(rows, TileInt8Layout.PanelOutputs, index, stride, count, lastWhole) & -4;
        output.StoreQuads512(operands, index, stride, column, ref sums, quads);
        if (quads < rows)
        {
            Finish<TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                ref Unsafe.Add(ref sums, quads * TileInt8Layout.PanelOutputs),
                rows - quads,
                operands,
                output,
                index + (quads * stride),
                stride,
                column,
                count,
                lastWhole);
        }
    }

    /// <summary>How many of <paramref name="rows"/> pixels may be stored as <paramref name="width"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WholeRows(int rows, int width, nint index, nint stride, int count, nint lastWhole)
    {
        int whole = count >= width ? rows : 0;
        while (whole < rows && index + (whole * stride) <= lastWhole)
        {
            whole++;
        }

        return whole;
    }
}
