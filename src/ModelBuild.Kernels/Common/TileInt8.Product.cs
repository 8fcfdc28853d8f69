using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>Single products of words, and the way of finished sums to the output, for algorithms that arrange tiles themselves.</content>
internal static partial class TileInt8
{
    /// <summary>The most rows of a product.</summary>
    public const int ProductRows = 16;

    /// <summary>Outputs of a product that lie side by side: a panel, or half of it where vectors are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ProductWidth(IsaLevel isa) => isa >= IsaLevel.Avx2 ? TileInt8Layout.PanelOutputs : TileInt8Layout.PanelOutputs / 2;

    /// <summary>
    /// <c>sums[part][row][o] = sum over k of x[row, k] * w[k, o]</c> for a panel, in parts of <see cref="ProductWidth"/> outputs, with inputs and weights that are
    /// words.
    /// </summary>
    /// <param name="isa">A vector level.</param>
    /// <param name="x">Start of the inputs.</param>
    /// <param name="offsets">Where each row starts to read.</param>
    /// <param name="rows">Rows that matter, 1..16; of the others, up to the next multiple of four, valid memory is read, and something is stored.</param>
    /// <param name="weights">For each step of four inputs, weights 0 and 1 of all outputs, then weights 2 and 3.</param>
    /// <param name="shape">One tap of <c>InnerK</c> inputs, a multiple of four.</param>
    /// <param name="sums">Receives the sums: half of them are those of the second part, if there is one.</param>
    /// <param name="series">More such products.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Product(IsaLevel isa, ref byte x, ref nint offsets, int rows, ref sbyte weights, in TileInt8Shape shape, ref int sums, in TileInt8Series series)
    {
        ref int start = ref MemoryMarshal.GetReference(Zeros);
        if (isa >= IsaLevel.Avx512)
        {
            WideTileOf<TileInt16Words512, Vector512<int>, TileInt8Words512.Pairs>(rows, ref x, ref offsets, ref weights, ref start, shape, ref sums, series);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            ProductTiles<TileInt16Words256, Vector256<int>, TileInt8Words256.Pairs>(ref x, ref offsets, rows, ref weights, ref start, shape, ref sums, series);
        }
        else
        {
            ref sbyte half = ref Unsafe.Add(ref weights, TileInt8Layout.StepBytes / 2);
            ref int halfSums = ref Unsafe.Add(ref sums, series.SumStride / 2);
            ProductTiles<TileInt16Words128, Vector128<int>, TileInt8Words128.Pairs>(ref x, ref offsets, rows, ref weights, ref start, shape, ref sums, series);
            ProductTiles<TileInt16Words128, Vector128<int>, TileInt8Words128.Pairs>(ref x, ref offsets, rows, ref half, ref start, shape, ref halfSums, series);
        }
    }

    /// <summary>Applies the epilogue to <paramref name="rows"/> rows of <see cref="ProductWidth"/> sums, which become neighbouring pixels of the output.</summary>
    public static void FinishOn<TOutput>(
        IsaLevel isa, ref int sums, int rows, in TileInt8Operands operands, in TOutput output, nint index, nint stride, nint column, int count)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        if (isa >= IsaLevel.Avx2)
        {
            Finish<TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(ref sums, rows, operands, output, index, stride, column, count, lastWhole: -1);
        }
        else
        {
            Finish<TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs, TOutput>(ref sums, rows, operands, output, index, stride, column, count, lastWhole: -1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ProductTiles<TIsa, TSum, TOperand>(
        ref byte x, ref nint offsets, int rows, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums, in TileInt8Series series)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        for (int row = 0; row < rows; row += TIsa.Rows)
        {
            ref byte input = ref x;
            ref sbyte w = ref weights;
            ref int sum = ref Unsafe.Add(ref sums, row * 2 * TIsa.Lanes);
            for (int i = 0; i < series.Count; i++)
            {
                Tile<TIsa, TSum, TOperand>(ref input, ref Unsafe.Add(ref offsets, row), ref w, ref bias, shape, ref sum);
                input = ref Unsafe.Add(ref input, series.InputStride);
                w = ref Unsafe.Add(ref w, shape.InnerK / TileInt8Layout.GroupInputs * TIsa.StepBytes);
                sum = ref Unsafe.Add(ref sum, series.SumStride);
            }
        }
    }
}
