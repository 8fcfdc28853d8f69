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
        nint x0 = offsets;
        nint x1 = Unsafe.Add(ref offsets, 1);
        nint x2 = Unsafe.Add(ref offsets, 2);
        nint x3 = Unsafe.Add(ref offsets, 3);
        nint x4 = Offset<TRows>(ref offsets, 4);
        nint x5 = Offset<TRows>(ref offsets, 5);
        nint x6 = Offset<TRows>(ref offsets, 6);
        nint x7 = Offset<TRows>(ref offsets, 7);
        nint x8 = Offset<TRows>(ref offsets, 8);
        nint x9 = Offset<TRows>(ref offsets, 9);
        nint x10 = Offset<TRows>(ref offsets, 10);
        nint x11 = Offset<TRows>(ref offsets, 11);
        nint x12 = Offset<TRows>(ref offsets, 12);
        nint x13 = Offset<TRows>(ref offsets, 13);
        nint x14 = Offset<TRows>(ref offsets, 14);
        nint x15 = Offset<TRows>(ref offsets, 15);
        nint inner = (nint)TileInt8Layout.PaddedInner(shape.InnerK) * TIsa.InputBytes;
        TSum sum0 = TIsa.Load(ref bias);
        TSum sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0, sum6 = sum0, sum7 = sum0;
        TSum sum8 = sum0, sum9 = sum0, sum10 = sum0, sum11 = sum0, sum12 = sum0, sum13 = sum0, sum14 = sum0, sum15 = sum0;

        for (int tapY = 0; tapY < shape.TapsY; tapY++)
        {
            nint tap = (nint)tapY * shape.TapStrideY;
            for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
            {
                nint end = tap + inner;
                for (nint k = tap; k < end; k += TileInt8Layout.GroupInputs * TIsa.InputBytes)
                {
                    TOperand w = TIsa.LoadWeights(ref weights);
                    ref byte inputs = ref Unsafe.Add(ref x, k);
                    weights = ref Unsafe.Add(ref weights, TIsa.StepBytes);

                    sum0 = TIsa.Dot(sum0, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x0)), w);
                    sum1 = TIsa.Dot(sum1, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x1)), w);
                    sum2 = TIsa.Dot(sum2, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x2)), w);
                    sum3 = TIsa.Dot(sum3, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x3)), w);

                    if (TRows.Count > 4)
                    {
                        sum4 = TIsa.Dot(sum4, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x4)), w);
                        sum5 = TIsa.Dot(sum5, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x5)), w);
                        sum6 = TIsa.Dot(sum6, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x6)), w);
                        sum7 = TIsa.Dot(sum7, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x7)), w);
                    }

                    if (TRows.Count > 8)
                    {
                        sum8 = TIsa.Dot(sum8, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x8)), w);
                        sum9 = TIsa.Dot(sum9, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x9)), w);
                        sum10 = TIsa.Dot(sum10, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x10)), w);
                        sum11 = TIsa.Dot(sum11, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x11)), w);
                    }

                    if (TRows.Count > 12)
                    {
                        sum12 = TIsa.Dot(sum12, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x12)), w);
                        sum13 = TIsa.Dot(sum13, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x13)), w);
                        sum14 = TIsa.Dot(sum14, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x14)), w);
                        sum15 = TIsa.Dot(sum15, TIsa.LoadStep(ref Unsafe.Add(ref inputs, x15)), w);
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
    private static nint Offset<TRows>(ref nint offsets, int row)
        where TRows : struct, ITileRows => row < TRows.Count ? Unsafe.Add(ref offsets, row) : 0;
}
