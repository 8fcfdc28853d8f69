using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The micro-kernel: up to six pixels by two vectors of outputs, all accumulators in registers.</content>
internal static partial class TileInt8
{
    /// <summary>
    /// Accumulates one tile. The sums go to memory and the epilogue is another method: a call in this one, even one that never happens, would make the
    /// register allocator keep the accumulators on the stack.
    /// </summary>
    /// <param name="x">Start of the input.</param>
    /// <param name="offsets">Where each of the <c>TIsa.Rows</c> pixels starts to read; every step of four from there is within the input.</param>
    /// <param name="weights">The tile's first weights.</param>
    /// <param name="bias">The tile's first start value.</param>
    /// <param name="shape">See <see cref="RunOn"/>.</param>
    /// <param name="sums">Receives <c>[TIsa.Rows][2 * TIsa.Lanes]</c> accumulators.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    internal static void Tile<TIsa, TSum, TOperand>(
        ref byte x,
        ref nint offsets,
        ref sbyte weights,
        ref int bias,
        in TileInt8Shape shape,
        ref int sums)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        ref byte x0 = ref Unsafe.Add(ref x, offsets);
        ref byte x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 1));
        ref byte x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 2));
        ref byte x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 3));
        ref byte x4 = ref x0;
        ref byte x5 = ref x0;
        if (TIsa.Rows == 6)
        {
            x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 4));
            x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 5));
        }

        TSum low0 = TIsa.Load(ref bias), high0 = TIsa.Load(ref Unsafe.Add(ref bias, TIsa.Lanes));
        TSum low1 = low0, high1 = high0, low2 = low0, high2 = high0, low3 = low0, high3 = high0, low4 = low0, high4 = high0, low5 = low0, high5 = high0;

        int inner = TileInt8Layout.PaddedInner(shape.InnerK) * TIsa.InputBytes;
        for (int tapY = 0; tapY < shape.TapsY; tapY++)
        {
            nint tap = (nint)tapY * shape.TapStrideY;
            for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
            {
                nint end = tap + inner;
                for (nint k = tap; k < end; k += TileInt8Layout.GroupInputs * TIsa.InputBytes)
                {
                    TOperand low = TIsa.LoadWeights(ref weights);
                    TOperand high = TIsa.LoadWeights(ref Unsafe.Add(ref weights, TIsa.Lanes * TileInt8Layout.GroupInputs));
                    weights = ref Unsafe.Add(ref weights, TIsa.StepBytes);

                    TOperand inputs = TIsa.LoadStep(ref Unsafe.Add(ref x0, k));
                    low0 = TIsa.Dot(low0, inputs, low);
                    high0 = TIsa.Dot(high0, inputs, high);
                    inputs = TIsa.LoadStep(ref Unsafe.Add(ref x1, k));
                    low1 = TIsa.Dot(low1, inputs, low);
                    high1 = TIsa.Dot(high1, inputs, high);
                    inputs = TIsa.LoadStep(ref Unsafe.Add(ref x2, k));
                    low2 = TIsa.Dot(low2, inputs, low);
                    high2 = TIsa.Dot(high2, inputs, high);
                    inputs = TIsa.LoadStep(ref Unsafe.Add(ref x3, k));
                    low3 = TIsa.Dot(low3, inputs, low);
                    high3 = TIsa.Dot(high3, inputs, high);
                    if (TIsa.Rows == 6)
                    {
                        inputs = TIsa.LoadStep(ref Unsafe.Add(ref x4, k));
                        low4 = TIsa.Dot(low4, inputs, low);
                        high4 = TIsa.Dot(high4, inputs, high);
                        inputs = TIsa.LoadStep(ref Unsafe.Add(ref x5, k));
                        low5 = TIsa.Dot(low5, inputs, low);
                        high5 = TIsa.Dot(high5, inputs, high);
                    }
                }
            }
        }

        Store<TIsa, TSum, TOperand>(ref sums, 0, low0, high0);
        Store<TIsa, TSum, TOperand>(ref sums, 1, low1, high1);
        Store<TIsa, TSum, TOperand>(ref sums, 2, low2, high2);
        Store<TIsa, TSum, TOperand>(ref sums, 3, low3, high3);
        if (TIsa.Rows == 6)
        {
            Store<TIsa, TSum, TOperand>(ref sums, 4, low4, high4);
            Store<TIsa, TSum, TOperand>(ref sums, 5, low5, high5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TIsa, TSum, TOperand>(ref int sums, int row, TSum low, TSum high)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        TIsa.Store(low, ref Unsafe.Add(ref sums, row * 2 * TIsa.Lanes));
        TIsa.Store(high, ref Unsafe.Add(ref sums, ((row * 2) + 1) * TIsa.Lanes));
    }
}
