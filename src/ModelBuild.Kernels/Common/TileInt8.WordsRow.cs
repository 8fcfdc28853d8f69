using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>One pixel, all outputs, for instruction sets that multiply words.</content>
internal static partial class TileInt8
{
    /// <summary>
    /// Computes all outputs of one pixel, panel by panel, so that weights are one stream. Only additions depend on each other, so that the accumulators of one tile
    /// hide their latency.
    /// </summary>
    /// <param name="x">Where the pixel starts to read, in words.</param>
    /// <param name="weights">The first panel.</param>
    /// <param name="bias">The first start value.</param>
    /// <param name="biasStep">1, or 0 to start all panels from the same values.</param>
    /// <param name="operands">See <see cref="RunOn"/>.</param>
    /// <param name="output">See <see cref="RunOn"/>.</param>
    /// <param name="shape">See <see cref="RunOn"/>.</param>
    /// <param name="index">Element of the output where the pixel's first value goes.</param>
    /// <param name="firstColumn">See <see cref="RunOn"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void WordsRow<TRow, TRowSum, TIsa, TSum, TOperand, TOutput>(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        int biasStep,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        nint index,
        int firstColumn)
        where TRow : struct, IWordsRow<TRowSum>
        where TRowSum : struct
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        nint panelBytes = (nint)TileInt8Layout.PanelOutputs * shape.TapsY * shape.TapsX * TileInt8Layout.PaddedInner(shape.InnerK);
        nint inner = TileInt8Layout.PaddedInner(shape.InnerK) * sizeof(short);
        Span<int> joined = stackalloc int[TileInt8Layout.PanelOutputs];
        ref int sums = ref MemoryMarshal.GetReference(joined);

        // A row of a panel is one vector of words, or two, or (with a tile of half a panel) two for each half; each holds four weights of half its lanes.
        int width = int.Min(TileInt8Layout.PanelOutputs, 2 * TIsa.Lanes);
        int vectorBytes = 2 * TRow.Lanes;
        for (int column = 0; column < shape.Outputs; column += width)
        {
            ref sbyte w = ref Unsafe.Add(
                ref weights, (column / TileInt8Layout.PanelOutputs * panelBytes) + (column % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs));
            TRowSum sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int tapY = 0; tapY < shape.TapsY; tapY++)
            {
                nint tap = (nint)tapY * shape.TapStrideY;
                for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
                {
                    nint end = tap + inner;
                    for (nint k = tap; k < end; k += TileInt8Layout.GroupInputs * sizeof(short))
                    {
                        ref byte inputs = ref Unsafe.Add(ref x, k);
                        sum0 = TRow.DotRow(sum0, ref inputs, ref w);
                        sum1 = TRow.DotRow(sum1, ref inputs, ref Unsafe.Add(ref w, vectorBytes));
                        if (TRow.Lanes < TileInt8Layout.PanelOutputs)
                        {
                            sum2 = TRow.DotRow(sum2, ref inputs, ref Unsafe.Add(ref w, 2 * vectorBytes));
                            sum3 = TRow.DotRow(sum3, ref inputs, ref Unsafe.Add(ref w, 3 * vectorBytes));
                        }

                        w = ref Unsafe.Add(ref w, TileInt8Layout.StepBytes);
                    }
                }
            }

            ref int start = ref Unsafe.Add(ref bias, column * biasStep);
            TRow.Join(sum0, sum1, ref start, ref sums);
            if (TRow.Lanes < TileInt8Layout.PanelOutputs)
            {
                TRow.Join(sum2, sum3, ref Unsafe.Add(ref start, TRow.Lanes), ref Unsafe.Add(ref sums, TRow.Lanes));
            }

            output.Store(
                operands, index + column, firstColumn + column, shape.Outputs - column, TIsa.Load(ref sums), TIsa.Load(ref Unsafe.Add(ref sums, TIsa.Lanes)));
        }
    }
}
