using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Products of words, exact modulo 2^32: some rows of inputs by a panel of sixteen outputs, a series of them in a call. For algorithms that make inputs and weights
/// themselves (<see cref="WinogradInt8"/>), whose rows lie one after the other and are short.
/// </summary>
internal static class ProductInt16
{
    /// <summary>The most rows of a product.</summary>
    public const int MaxRows = 16;

    /// <summary>Outputs of a product that lie side by side: a panel, or half of it where vectors are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Width(IsaLevel isa) => isa >= IsaLevel.Avx2 ? TileInt8Layout.PanelOutputs : TileInt8Layout.PanelOutputs / 2;

    /// <summary><c>sums[part][row][o] = sum over k of x[row, k] * w[k, o]</c> for a panel, in parts of <see cref="Width"/> outputs.</summary>
    /// <param name="isa">A vector level.</param>
    /// <param name="x">The first input.</param>
    /// <param name="rows">Rows that matter, 1..16; of the others, up to the next multiple of four, valid memory is read, and something is stored.</param>
    /// <param name="weights">For each step of four inputs, weights 0 and 1 of all outputs, then weights 2 and 3. Products follow each other.</param>
    /// <param name="sums">Receives the sums: half of those of a product are the second part's, if there is one.</param>
    /// <param name="series">The products.</param>
    public static void Run(IsaLevel isa, ref byte x, int rows, ref sbyte weights, ref int sums, in ProductSeries series)
    {
        if (isa >= IsaLevel.Avx512)
        {
            Wide512(ref x, rows, ref weights, ref sums, series);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            Narrow<TileInt16Words256, Vector256<int>, TileInt8Words256.Pairs>(ref x, rows, ref weights, ref sums, series);
        }
        else
        {
            ref sbyte half = ref Unsafe.Add(ref weights, TileInt8Layout.StepBytes / 2);
            ref int halfSums = ref Unsafe.Add(ref sums, series.SumStride / 2);
            Narrow<TileInt16Words128, Vector128<int>, TileInt8Words128.Pairs>(ref x, rows, ref weights, ref sums, series);
            Narrow<TileInt16Words128, Vector128<int>, TileInt8Words128.Pairs>(ref x, rows, ref half, ref halfSums, series);
        }
    }

    /// <summary>The smallest tile of a vector's width that holds <paramref name="rows"/> rows.</summary>
    private static void Wide512(ref byte x, int rows, ref sbyte weights, ref int sums, in ProductSeries series)
    {
        if (rows > TileRows12.Count)
        {
            WideTile<TileInt16Words512, Vector512<int>, TileInt8Words512.Pairs, TileRows16>(ref x, ref weights, ref sums, series);
        }
        else if (rows > TileRows8.Count)
        {
            WideTile<TileInt16Words512, Vector512<int>, TileInt8Words512.Pairs, TileRows12>(ref x, ref weights, ref sums, series);
        }
        else if (rows > TileRows4.Count)
        {
            WideTile<TileInt16Words512, Vector512<int>, TileInt8Words512.Pairs, TileRows8>(ref x, ref weights, ref sums, series);
        }
        else
        {
            WideTile<TileInt16Words512, Vector512<int>, TileInt8Words512.Pairs, TileRows4>(ref x, ref weights, ref sums, series);
        }
    }

    /// <summary>Tiles of four rows by two vectors.</summary>
    private static void Narrow<TIsa, TSum, TOperand>(ref byte x, int rows, ref sbyte weights, ref int sums, in ProductSeries series)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        for (int row = 0; row < rows; row += 4)
        {
            NarrowTile<TIsa, TSum, TOperand>(ref Unsafe.Add(ref x, row * series.RowBytes), ref weights, ref Unsafe.Add(ref sums, row * 2 * TIsa.Lanes), series);
        }
    }

    /// <summary><c>TRows.Count</c> rows by one vector of outputs. Each four rows have a pointer, from which the others are one, two and three strides away.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void WideTile<TIsa, TSum, TOperand, TRows>(ref byte x, ref sbyte weights, ref int sums, in ProductSeries series)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TRows : struct, ITileRows
    {
        nint stride = series.RowBytes;
        nint stride3 = 3 * stride;
        nint quad = 4 * stride;
        int steps = series.Steps;
        for (int i = 0; i < series.Count; i++)
        {
            TSum sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default;
            TSum sum8 = default, sum9 = default, sum10 = default, sum11 = default, sum12 = default, sum13 = default, sum14 = default, sum15 = default;
            ref byte row0 = ref x;
            ref byte row4 = ref Unsafe.Add(ref row0, quad);
            ref byte row8 = ref Unsafe.Add(ref row4, TRows.Count > 8 ? quad : 0);
            ref byte row12 = ref Unsafe.Add(ref row8, TRows.Count > 12 ? quad : 0);
            for (int step = 0; step < steps; step++)
            {
                TOperand w = TIsa.LoadWeights(ref weights);
                weights = ref Unsafe.Add(ref weights, TIsa.StepBytes);
                sum0 = TIsa.Dot(sum0, TIsa.LoadStep(ref row0), w);
                sum1 = TIsa.Dot(sum1, TIsa.LoadStep(ref Unsafe.Add(ref row0, stride)), w);
                sum2 = TIsa.Dot(sum2, TIsa.LoadStep(ref Unsafe.Add(ref row0, 2 * stride)), w);
                sum3 = TIsa.Dot(sum3, TIsa.LoadStep(ref Unsafe.Add(ref row0, stride3)), w);
                row0 = ref Unsafe.Add(ref row0, TileInt8Layout.GroupInputs * sizeof(short));

                if (TRows.Count > 4)
                {
                    sum4 = TIsa.Dot(sum4, TIsa.LoadStep(ref row4), w);
                    sum5 = TIsa.Dot(sum5, TIsa.LoadStep(ref Unsafe.Add(ref row4, stride)), w);
                    sum6 = TIsa.Dot(sum6, TIsa.LoadStep(ref Unsafe.Add(ref row4, 2 * stride)), w);
                    sum7 = TIsa.Dot(sum7, TIsa.LoadStep(ref Unsafe.Add(ref row4, stride3)), w);
                    row4 = ref Unsafe.Add(ref row4, TileInt8Layout.GroupInputs * sizeof(short));
                }

                if (TRows.Count > 8)
                {
                    sum8 = TIsa.Dot(sum8, TIsa.LoadStep(ref row8), w);
                    sum9 = TIsa.Dot(sum9, TIsa.LoadStep(ref Unsafe.Add(ref row8, stride)), w);
                    sum10 = TIsa.Dot(sum10, TIsa.LoadStep(ref Unsafe.Add(ref row8, 2 * stride)), w);
                    sum11 = TIsa.Dot(sum11, TIsa.LoadStep(ref Unsafe.Add(ref row8, stride3)), w);
                    row8 = ref Unsafe.Add(ref row8, TileInt8Layout.GroupInputs * sizeof(short));
                }

                if (TRows.Count > 12)
                {
                    sum12 = TIsa.Dot(sum12, TIsa.LoadStep(ref row12), w);
                    sum13 = TIsa.Dot(sum13, TIsa.LoadStep(ref Unsafe.Add(ref row12, stride)), w);
                    sum14 = TIsa.Dot(sum14, TIsa.LoadStep(ref Unsafe.Add(ref row12, 2 * stride)), w);
                    sum15 = TIsa.Dot(sum15, TIsa.LoadStep(ref Unsafe.Add(ref row12, stride3)), w);
                    row12 = ref Unsafe.Add(ref row12, TileInt8Layout.GroupInputs * sizeof(short));
                }
            }

            TIsa.Store(sum0, ref sums);
            TIsa.Store(sum1, ref Unsafe.Add(ref sums, TIsa.Lanes));
            TIsa.Store(sum2, ref Unsafe.Add(ref sums, 2 * TIsa.Lanes));
            TIsa.Store(sum3, ref Unsafe.Add(ref sums, 3 * TIsa.Lanes));

            if (TRows.Count > 4)
            {
                TIsa.Store(sum4, ref Unsafe.Add(ref sums, 4 * TIsa.Lanes));
                TIsa.Store(sum5, ref Unsafe.Add(ref sums, 5 * TIsa.Lanes));
                TIsa.Store(sum6, ref Unsafe.Add(ref sums, 6 * TIsa.Lanes));
                TIsa.Store(sum7, ref Unsafe.Add(ref sums, 7 * TIsa.Lanes));
            }

            if (TRows.Count > 8)
            {
                TIsa.Store(sum8, ref Unsafe.Add(ref sums, 8 * TIsa.Lanes));
                TIsa.Store(sum9, ref Unsafe.Add(ref sums, 9 * TIsa.Lanes));
                TIsa.Store(sum10, ref Unsafe.Add(ref sums, 10 * TIsa.Lanes));
                TIsa.Store(sum11, ref Unsafe.Add(ref sums, 11 * TIsa.Lanes));
            }

            if (TRows.Count > 12)
            {
                TIsa.Store(sum12, ref Unsafe.Add(ref sums, 12 * TIsa.Lanes));
                TIsa.Store(sum13, ref Unsafe.Add(ref sums, 13 * TIsa.Lanes));
                TIsa.Store(sum14, ref Unsafe.Add(ref sums, 14 * TIsa.Lanes));
                TIsa.Store(sum15, ref Unsafe.Add(ref sums, 15 * TIsa.Lanes));
            }

            x = ref Unsafe.Add(ref x, series.InputStride);
            sums = ref Unsafe.Add(ref sums, series.SumStride);
        }
    }

    /// <summary>Four rows by two vectors of outputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void NarrowTile<TIsa, TSum, TOperand>(ref byte x, ref sbyte weights, ref int sums, in ProductSeries series)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        nint stride = series.RowBytes;
        nint stride3 = 3 * stride;
        int steps = series.Steps;
        for (int i = 0; i < series.Count; i++)
        {
            TSum low0 = default, low1 = default, low2 = default, low3 = default;
            TSum high0 = default, high1 = default, high2 = default, high3 = default;
            ref byte row = ref x;
            for (int step = 0; step < steps; step++)
            {
                TOperand low = TIsa.LoadWeights(ref weights);
                TOperand high = TIsa.LoadWeights(ref Unsafe.Add(ref weights, TIsa.Lanes * TileInt8Layout.GroupInputs));
                weights = ref Unsafe.Add(ref weights, TIsa.StepBytes);

                TOperand inputs = TIsa.LoadStep(ref row);
                low0 = TIsa.Dot(low0, inputs, low);
                high0 = TIsa.Dot(high0, inputs, high);
                inputs = TIsa.LoadStep(ref Unsafe.Add(ref row, stride));
                low1 = TIsa.Dot(low1, inputs, low);
                high1 = TIsa.Dot(high1, inputs, high);
                inputs = TIsa.LoadStep(ref Unsafe.Add(ref row, 2 * stride));
                low2 = TIsa.Dot(low2, inputs, low);
                high2 = TIsa.Dot(high2, inputs, high);
                inputs = TIsa.LoadStep(ref Unsafe.Add(ref row, stride3));
                low3 = TIsa.Dot(low3, inputs, low);
                high3 = TIsa.Dot(high3, inputs, high);
                row = ref Unsafe.Add(ref row, TileInt8Layout.GroupInputs * sizeof(short));
            }

            TIsa.Store(low0, ref sums);
            TIsa.Store(high0, ref Unsafe.Add(ref sums, TIsa.Lanes));
            TIsa.Store(low1, ref Unsafe.Add(ref sums, 2 * TIsa.Lanes));
            TIsa.Store(high1, ref Unsafe.Add(ref sums, 3 * TIsa.Lanes));
            TIsa.Store(low2, ref Unsafe.Add(ref sums, 4 * TIsa.Lanes));
            TIsa.Store(high2, ref Unsafe.Add(ref sums, 5 * TIsa.Lanes));
            TIsa.Store(low3, ref Unsafe.Add(ref sums, 6 * TIsa.Lanes));
            TIsa.Store(high3, ref Unsafe.Add(ref sums, 7 * TIsa.Lanes));

            x = ref Unsafe.Add(ref x, series.InputStride);
            sums = ref Unsafe.Add(ref sums, series.SumStride);
        }
    }
}
