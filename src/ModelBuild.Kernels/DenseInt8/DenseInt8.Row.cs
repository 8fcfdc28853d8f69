using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>One row where the CPU has no exact product of bytes: inputs as nibbles, see <see cref="INibbleRow{TSum, TPart, TBytes}"/>.</content>
internal static partial class DenseInt8
{
    /// <summary>Inputs after which partial sums go to the accumulators: 8 steps of at most 3,840 fit into 16 bits.</summary>
    private const int PartInputs = 8 * TileInt8Layout.GroupInputs;

    /// <summary>Splits the row into <paramref name="scratch"/>, which holds both halves and <see cref="TileInt8.SlackInputs"/> after each, and computes it.</summary>
    private static void Row<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        in DenseShape shape)
        where TOutput : struct, ITileInt8Output
    {
        int half = x.Length + TileInt8.SlackInputs;
        Span<byte> low = scratch[..half];
        Span<byte> high = scratch.Slice(half, half);
        SplitU8.Run(isa, x, low, high);
        if (isa >= IsaLevel.Avx512)
        {
            Row<NibbleRow512, Vector512<int>, Vector512<short>, Vector512<byte>, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            Row<NibbleRow256, Vector256<int>, Vector256<short>, Vector256<byte>, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
        else
        {
            Row<NibbleRow128, Vector128<int>, Vector128<short>, Vector128<byte>, TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
    }

    /// <summary>Vectors of sums with <typeparamref name="TRow"/>, four and then one at a time; the epilogue with <typeparamref name="TIsa"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Row<TRow, TRowSum, TPart, TBytes, TIsa, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> lowInputs,
        ReadOnlySpan<byte> highInputs,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        in DenseShape shape)
        where TRow : struct, INibbleRow<TRowSum, TPart, TBytes>
        where TRowSum : struct
        where TPart : struct
        where TBytes : struct
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        const int Vectors = 4;
        ref byte low = ref MemoryMarshal.GetReference(lowInputs);
        ref byte high = ref MemoryMarshal.GetReference(highInputs);
        ref sbyte packed = ref MemoryMarshal.GetReference(weights);
        nint inner = TileInt8Layout.PaddedInner(shape.Inputs);
        Span<int> vectorSums = stackalloc int[Vectors * TRow.Lanes];
        ref int sums = ref MemoryMarshal.GetReference(vectorSums);

        // Without a bias every vector starts from the same zeros.
        int startStep = bias.IsEmpty ? 0 : TRow.Lanes;
        ref int start = ref MemoryMarshal.GetReference(bias.IsEmpty ? TileInt8.Zeros : bias);
        int outputs = TileInt8Layout.PaddedOutputs(shape.Outputs);
        int step = Vectors * TRow.Lanes;
        for (int column = 0; column < outputs; column += step)
        {
            ref sbyte w = ref Unsafe.Add(ref packed, VectorOffset(column, inner));
            if (outputs - column >= Vectors * TRow.Lanes)
            {
                FourVectors<TRow, TRowSum, TPart, TBytes>(
                    ref low,
                    ref high,
                    ref w,
                    ref Unsafe.Add(ref packed, VectorOffset(column + TRow.Lanes, inner)),
                    ref Unsafe.Add(ref packed, VectorOffset(column + (2 * TRow.Lanes), inner)),
                    ref Unsafe.Add(ref packed, VectorOffset(column + (3 * TRow.Lanes), inner)),
                    ref start,
                    startStep,
                    ref sums,
                    inner);
                start = ref Unsafe.Add(ref start, Vectors * startStep);
            }
            else
            {
                step = TileInt8Layout.PanelOutputs;
                for (int offset = 0; offset < step; offset += TRow.Lanes)
                {
                    OneVector<TRow, TRowSum, TPart, TBytes>(
                        ref low, ref high, ref Unsafe.Add(ref w, offset * TileInt8Layout.GroupInputs), ref start, ref Unsafe.Add(ref sums, offset), inner);
                    start = ref Unsafe.Add(ref start, startStep);
                }
            }

            int end = int.Min(column + step, shape.Outputs);
            ref int sum = ref sums;
            for (int first = column; first < end; first += 2 * TIsa.Lanes)
            {
                output.Store(operands, firstOutput + first, first, shape.Outputs - first, TIsa.Load(ref sum), TIsa.Load(ref Unsafe.Add(ref sum, TIsa.Lanes)));
                sum = ref Unsafe.Add(ref sum, 2 * TIsa.Lanes);
            }
        }
    }

    /// <summary>Where the weights of the outputs from <paramref name="output"/> on are: a row of a panel is one vector, or some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint VectorOffset(int output, nint inner) =>
        (output / TileInt8Layout.PanelOutputs * TileInt8Layout.PanelOutputs * inner) + (output % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs);

    /// <summary>Adds the products of a row to four vectors of sums. What bounds it is loads, which is why four share those of the inputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void FourVectors<TRow, TSum, TPart, TBytes>(
        ref byte low, ref byte high, ref sbyte w0, ref sbyte w1, ref sbyte w2, ref sbyte w3, ref int start, int startStep, ref int sums, nint inner)
        where TRow : struct, INibbleRow<TSum, TPart, TBytes>
        where TSum : struct
        where TPart : struct
        where TBytes : struct
    {
        TSum sum0 = TRow.Load(ref start);
        TSum sum1 = TRow.Load(ref Unsafe.Add(ref start, startStep));
        TSum sum2 = TRow.Load(ref Unsafe.Add(ref start, 2 * startStep));
        TSum sum3 = TRow.Load(ref Unsafe.Add(ref start, 3 * startStep));
        for (nint k = 0; k < inner;)
        {
            nint end = nint.Min(inner, k + PartInputs);
            TPart low0 = default, low1 = default, low2 = default, low3 = default;
            TPart high0 = default, high1 = default, high2 = default, high3 = default;
            for (; k < end; k += TileInt8Layout.GroupInputs)
            {
                nint step = k * TileInt8Layout.PanelOutputs;
                TBytes lower = TRow.LoadStep(ref Unsafe.Add(ref low, k));
                TBytes upper = TRow.LoadStep(ref Unsafe.Add(ref high, k));
                TBytes w = TRow.LoadWeights(ref Unsafe.Add(ref w0, step));
                low0 = TRow.AddProducts(low0, lower, w);
                high0 = TRow.AddProducts(high0, upper, w);
                w = TRow.LoadWeights(ref Unsafe.Add(ref w1, step));
                low1 = TRow.AddProducts(low1, lower, w);
                high1 = TRow.AddProducts(high1, upper, w);
                w = TRow.LoadWeights(ref Unsafe.Add(ref w2, step));
                low2 = TRow.AddProducts(low2, lower, w);
                high2 = TRow.AddProducts(high2, upper, w);
                w = TRow.LoadWeights(ref Unsafe.Add(ref w3, step));
                low3 = TRow.AddProducts(low3, lower, w);
                high3 = TRow.AddProducts(high3, upper, w);
            }

            sum0 = TRow.AddParts(sum0, low0, high0);
            sum1 = TRow.AddParts(sum1, low1, high1);
            sum2 = TRow.AddParts(sum2, low2, high2);
            sum3 = TRow.AddParts(sum3, low3, high3);
        }

        TRow.Store(sum0, ref sums);
        TRow.Store(sum1, ref Unsafe.Add(ref sums, TRow.Lanes));
        TRow.Store(sum2, ref Unsafe.Add(ref sums, 2 * TRow.Lanes));
        TRow.Store(sum3, ref Unsafe.Add(ref sums, 3 * TRow.Lanes));
    }

    /// <summary>As <see cref="FourVectors"/>, for what is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void OneVector<TRow, TSum, TPart, TBytes>(ref byte low, ref byte high, ref sbyte weights, ref int start, ref int sums, nint inner)
        where TRow : struct, INibbleRow<TSum, TPart, TBytes>
        where TSum : struct
        where TPart : struct
        where TBytes : struct
    {
        TSum sum = TRow.Load(ref start);
        for (nint k = 0; k < inner;)
        {
            nint end = nint.Min(inner, k + PartInputs);
            TPart lower = default, upper = default;
            for (; k < end; k += TileInt8Layout.GroupInputs)
            {
                TBytes w = TRow.LoadWeights(ref Unsafe.Add(ref weights, k * TileInt8Layout.PanelOutputs));
                lower = TRow.AddProducts(lower, TRow.LoadStep(ref Unsafe.Add(ref low, k)), w);
                upper = TRow.AddProducts(upper, TRow.LoadStep(ref Unsafe.Add(ref high, k)), w);
            }

            sum = TRow.AddParts(sum, lower, upper);
        }

        TRow.Store(sum, ref sums);
    }
}
