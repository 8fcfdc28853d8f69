using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The micro-kernel for vectors that are a whole panel wide: up to sixteen pixels by one vector of outputs.</content>
internal static partial class TileInt8
{
    /// <summary>As <see cref="Tile"/>, with <c>TRows.Count</c> pixels: sixteen, and fewer for what is left at the end.</summary>
    /// <param name="x">Start of the input.</param>
    /// <param name="offsets">Where each of the <c>TRows.Count</c> pixels starts to read; every step of four from there is within the input.</param>
    /// <param name="weights">The tile's first weights.</param>
    /// <param name="bias">The tile's first start value.</param>
    /// <param name="shape">See <see cref="RunOn"/>.</param>
    /// <param name="sums">Receives <c>[TRows.Count][TIsa.Lanes]</c> accumulators.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void WideTile<TIsa, TSum, TOperand, TRows>(
        ref byte x,
        ref nint offsets,
        ref sbyte weights,
        ref int bias,
        in TileInt8Shape shape,
        ref int sums)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TRows : struct, ITileRows
    {
        ref byte x0 = ref Unsafe.Add(ref x, offsets);
        ref byte x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 1));
        ref byte x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 2));
        ref byte x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 3));
        ref byte x4 = ref Pixel<TRows>(ref x, ref offsets, 4);
        ref byte x5 = ref Pixel<TRows>(ref x, ref offsets, 5);
        ref byte x6 = ref Pixel<TRows>(ref x, ref offsets, 6);
        ref byte x7 = ref Pixel<TRows>(ref x, ref offsets, 7);
        ref byte x8 = ref Pixel<TRows>(ref x, ref offsets, 8);
        ref byte x9 = ref Pixel<TRows>(ref x, ref offsets, 9);
        ref byte x10 = ref Pixel<TRows>(ref x, ref offsets, 10);
        ref byte x11 = ref Pixel<TRows>(ref x, ref offsets, 11);
        ref byte x12 = ref Pixel<TRows>(ref x, ref offsets, 12);
        ref byte x13 = ref Pixel<TRows>(ref x, ref offsets, 13);
        ref byte x14 = ref Pixel<TRows>(ref x, ref offsets, 14);
        ref byte x15 = ref Pixel<TRows>(ref x, ref offsets, 15);
        TSum sum0 = TIsa.Load(ref bias);
        TSum sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0, sum6 = sum0, sum7 = sum0;
        TSum sum8 = sum0, sum9 = sum0, sum10 = sum0, sum11 = sum0, sum12 = sum0, sum13 = sum0, sum14 = sum0, sum15 = sum0;

        int inner = TileInt8Layout.PaddedInner(shape.InnerK) * TIsa.InputBytes;
        for (int tapY = 0; tapY < shape.TapsY; tapY++)
        {
            nint tap = (nint)tapY * shape.TapStrideY;
            for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
            {
                nint end = tap + inner;
                for (nint k = tap; k < end; k += TileInt8Layout.GroupInputs * TIsa.InputBytes)
                {
                    TOperand w = TIsa.LoadWeights(ref weights);
                    weights = ref Unsafe.Add(ref weights, TileInt8Layout.StepBytes);

                    sum0 = TIsa.Dot(sum0, TIsa.LoadStep(ref Unsafe.Add(ref x0, k)), w);
                    sum1 = TIsa.Dot(sum1, TIsa.LoadStep(ref Unsafe.Add(ref x1, k)), w);
                    sum2 = TIsa.Dot(sum2, TIsa.LoadStep(ref Unsafe.Add(ref x2, k)), w);
                    sum3 = TIsa.Dot(sum3, TIsa.LoadStep(ref Unsafe.Add(ref x3, k)), w);

                    if (TRows.Count > 4)
                    {
                        sum4 = TIsa.Dot(sum4, TIsa.LoadStep(ref Unsafe.Add(ref x4, k)), w);
                        sum5 = TIsa.Dot(sum5, TIsa.LoadStep(ref Unsafe.Add(ref x5, k)), w);
                        sum6 = TIsa.Dot(sum6, TIsa.LoadStep(ref Unsafe.Add(ref x6, k)), w);
                        sum7 = TIsa.Dot(sum7, TIsa.LoadStep(ref Unsafe.Add(ref x7, k)), w);
                    }

                    if (TRows.Count > 8)
                    {
                        sum8 = TIsa.Dot(sum8, TIsa.LoadStep(ref Unsafe.Add(ref x8, k)), w);
                        sum9 = TIsa.Dot(sum9, TIsa.LoadStep(ref Unsafe.Add(ref x9, k)), w);
                        sum10 = TIsa.Dot(sum10, TIsa.LoadStep(ref Unsafe.Add(ref x10, k)), w);
                        sum11 = TIsa.Dot(sum11, TIsa.LoadStep(ref Unsafe.Add(ref x11, k)), w);
                    }

                    if (TRows.Count > 12)
                    {
                        sum12 = TIsa.Dot(sum12, TIsa.LoadStep(ref Unsafe.Add(ref x12, k)), w);
                        sum13 = TIsa.Dot(sum13, TIsa.LoadStep(ref Unsafe.Add(ref x13, k)), w);
                        sum14 = TIsa.Dot(sum14, TIsa.LoadStep(ref Unsafe.Add(ref x14, k)), w);
                        sum15 = TIsa.Dot(sum15, TIsa.LoadStep(ref Unsafe.Add(ref x15, k)), w);
                    }
                }
            }
        }

        TIsa.Store(sum0, ref sums);
        TIsa.Store(sum1, ref Unsafe.Add(ref sums, 1 * TIsa.Lanes));
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Pixel<TRows>(ref byte x, ref nint offsets, int row)
        where TRows : struct, ITileRows =>
        ref row < TRows.Count ? ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, row)) : ref x;
}
