using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>One pixel, all outputs, for instruction sets that multiply bytes.</content>
internal static partial class TileInt8
{
    /// <summary>
    /// Computes all outputs of one pixel, panel by panel: weights are then one stream, which is what bounds a matrix-vector product. Four steps with an
    /// accumulator pair of their own hide the latency of the dot product; integer sums may be split freely.
    /// </summary>
    /// <param name="x">Where the pixel starts to read; not a byte beyond <c>InnerK</c> of a tap is read.</param>
    /// <param name="weights">The first panel.</param>
    /// <param name="bias">The first start value.</param>
    /// <param name="biasStep">1, or 0 to start all panels from the same values.</param>
    /// <param name="operands">See <see cref="RunOn"/>.</param>
    /// <param name="output">See <see cref="RunOn"/>.</param>
    /// <param name="shape">See <see cref="RunOn"/>.</param>
    /// <param name="index">Element of the output where the pixel's first value goes.</param>
    /// <param name="firstColumn">See <see cref="RunOn"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Row<TIsa, TSum, TOperand, TOutput>(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        int biasStep,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        nint index,
        int firstColumn)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        nint panelBytes = (nint)TileInt8Layout.PanelOutputs * shape.TapsY * shape.TapsX * TileInt8Layout.PaddedInner(shape.InnerK);
        int half = TIsa.Lanes * TileInt8Layout.GroupInputs;
        for (int column = 0; column < shape.Outputs; column += 2 * TIsa.Lanes)
        {
            ref sbyte w = ref Unsafe.Add(
                ref weights, (column / TileInt8Layout.PanelOutputs * panelBytes) + (column % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs));
            ref int start = ref Unsafe.Add(ref bias, column * biasStep);
            TSum low0 = TIsa.Load(ref start), high0 = TIsa.Load(ref Unsafe.Add(ref start, TIsa.Lanes));
            TSum low1 = default, high1 = default, low2 = default, high2 = default, low3 = default, high3 = default;

            for (int tapY = 0; tapY < shape.TapsY; tapY++)
            {
                nint tap = (nint)tapY * shape.TapStrideY;
                for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
                {
                    nint end = tap + shape.InnerK;
                    nint k = tap;
                    for (; k <= end - 16; k += 16)
                    {
                        TOperand inputs = TIsa.Broadcast(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, k)));
                        TIsa.LoadWeights(ref w, out TOperand low, out TOperand high);
                        low0 = TIsa.Dot(low0, inputs, low);
                        high0 = TIsa.Dot(high0, inputs, high);
                        inputs = TIsa.Broadcast(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, k + 4)));
                        TIsa.LoadWeights(ref Unsafe.Add(ref w, TileInt8Layout.StepBytes), out low, out high);
                        low1 = TIsa.Dot(low1, inputs, low);
                        high1 = TIsa.Dot(high1, inputs, high);
                        inputs = TIsa.Broadcast(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, k + 8)));
                        TIsa.LoadWeights(ref Unsafe.Add(ref w, 2 * TileInt8Layout.StepBytes), out low, out high);
                        low2 = TIsa.Dot(low2, inputs, low);
                        high2 = TIsa.Dot(high2, inputs, high);
                        inputs = TIsa.Broadcast(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, k + 12)));
                        TIsa.LoadWeights(ref Unsafe.Add(ref w, 3 * TileInt8Layout.StepBytes), out low, out high);
                        low3 = TIsa.Dot(low3, inputs, low);
                        high3 = TIsa.Dot(high3, inputs, high);
                        w = ref Unsafe.Add(ref w, 4 * TileInt8Layout.StepBytes);
                    }

                    for (; k < end; k += TileInt8Layout.GroupInputs)
                    {
                        TOperand inputs = TIsa.Broadcast(LoadStep(ref Unsafe.Add(ref x, k), end - k));
                        low0 = TIsa.Dot(low0, inputs, TIsa.LoadWeights(ref w));
                        high0 = TIsa.Dot(high0, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, half)));
                        w = ref Unsafe.Add(ref w, TileInt8Layout.StepBytes);
                    }
                }
            }

            low0 = TIsa.Add(TIsa.Add(low0, low1), TIsa.Add(low2, low3));
            high0 = TIsa.Add(TIsa.Add(high0, high1), TIsa.Add(high2, high3));
            output.Store(operands, index + column, firstColumn + column, shape.Outputs - column, low0, high0);
        }
    }

    /// <summary>Four inputs, of which only the first <paramref name="available"/> exist; the others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LoadStep(ref byte x, nint available)
    {
        if (available >= TileInt8Layout.GroupInputs)
        {
            return Unsafe.ReadUnaligned<int>(ref x);
        }

        int inputs = x;
        inputs |= available > 1 ? Unsafe.Add(ref x, 1) << 8 : 0;
        return available > 2 ? inputs | (Unsafe.Add(ref x, 2) << 16) : inputs;
    }
}
