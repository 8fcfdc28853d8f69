using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>One row where the CPU has no exact product of bytes: inputs as nibbles, see <see cref="INibbleRow{TSum, TPart}"/>.</content>
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
            Row<NibbleRow512, Vector512<int>, Vector512<short>, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            Row<NibbleRow256, Vector256<int>, Vector256<short>, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
        else
        {
            Row<NibbleRow128, Vector128<int>, Vector128<short>, TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs, TOutput>(
                low, high, weights, bias, operands, output, firstOutput, shape);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Row<TRow, TRowSum, TPart, TIsa, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> lowInputs,
        ReadOnlySpan<byte> highInputs,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        in DenseShape shape)
        where TRow : struct, INibbleRow<TRowSum, TPart>
        where TRowSum : struct
        where TPart : struct
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        ref byte low = ref MemoryMarshal.GetReference(lowInputs);
        ref byte high = ref MemoryMarshal.GetReference(highInputs);
        nint inner = TileInt8Layout.PaddedInner(shape.Inputs);
        Span<int> panelSums = stackalloc int[TileInt8Layout.PanelOutputs];
        ref int sums = ref MemoryMarshal.GetReference(panelSums);
        int width = 2 * TIsa.Lanes;
        int second = TRow.Lanes * TileInt8Layout.GroupInputs;
        for (int column = 0; column < shape.Outputs; column += width)
        {
            // A row of the panel is one vector, or two; with four lanes they are half of it.
            nint panel = column / TileInt8Layout.PanelOutputs * TileInt8Layout.PanelOutputs * inner;
            ref sbyte w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), panel + (column % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs));
            TRowSum sum0 = default;
            TRowSum sum1 = default;
            if (!bias.IsEmpty)
            {
                ref int start = ref Unsafe.Add(ref MemoryMarshal.GetReference(bias), column);
                sum0 = TRow.Load(ref start);
                sum1 = TRow.Lanes < width ? TRow.Load(ref Unsafe.Add(ref start, TRow.Lanes)) : default;
            }

            for (nint k = 0; k < inner;)
            {
                nint end = nint.Min(inner, k + PartInputs);
                TPart low0 = default, high0 = default, low1 = default, high1 = default;
                if (TRow.Lanes == width)
                {
                    for (; k <= end - 16; k += 16)
                    {
                        low0 = TRow.AddProducts(low0, ref Unsafe.Add(ref low, k), ref w);
                        high0 = TRow.AddProducts(high0, ref Unsafe.Add(ref high, k), ref w);
                        low0 = TRow.AddProducts(low0, ref Unsafe.Add(ref low, k + 4), ref Unsafe.Add(ref w, TileInt8Layout.StepBytes));
                        high0 = TRow.AddProducts(high0, ref Unsafe.Add(ref high, k + 4), ref Unsafe.Add(ref w, TileInt8Layout.StepBytes));
                        low0 = TRow.AddProducts(low0, ref Unsafe.Add(ref low, k + 8), ref Unsafe.Add(ref w, 2 * TileInt8Layout.StepBytes));
                        high0 = TRow.AddProducts(high0, ref Unsafe.Add(ref high, k + 8), ref Unsafe.Add(ref w, 2 * TileInt8Layout.StepBytes));
                        low0 = TRow.AddProducts(low0, ref Unsafe.Add(ref low, k + 12), ref Unsafe.Add(ref w, 3 * TileInt8Layout.StepBytes));
                        high0 = TRow.AddProducts(high0, ref Unsafe.Add(ref high, k + 12), ref Unsafe.Add(ref w, 3 * TileInt8Layout.StepBytes));
                        w = ref Unsafe.Add(ref w, 4 * TileInt8Layout.StepBytes);
                    }
                }

                for (; k < end; k += TileInt8Layout.GroupInputs)
                {
                    low0 = TRow.AddProducts(low0, ref Unsafe.Add(ref low, k), ref w);
                    high0 = TRow.AddProducts(high0, ref Unsafe.Add(ref high, k), ref w);
                    if (TRow.Lanes < width)
                    {
                        low1 = TRow.AddProducts(low1, ref Unsafe.Add(ref low, k), ref Unsafe.Add(ref w, second));
                        high1 = TRow.AddProducts(high1, ref Unsafe.Add(ref high, k), ref Unsafe.Add(ref w, second));
                    }

                    w = ref Unsafe.Add(ref w, TileInt8Layout.StepBytes);
                }

                sum0 = TRow.AddParts(sum0, low0, high0);
                sum1 = TRow.Lanes < width ? TRow.AddParts(sum1, low1, high1) : sum1;
            }

            TRow.Store(sum0, ref sums);
            if (TRow.Lanes < width)
            {
                TRow.Store(sum1, ref Unsafe.Add(ref sums, TRow.Lanes));
            }

            output.Store(operands, firstOutput + column, column, shape.Outputs - column, TIsa.Load(ref sums), TIsa.Load(ref Unsafe.Add(ref sums, TIsa.Lanes)));
        }
    }
}
