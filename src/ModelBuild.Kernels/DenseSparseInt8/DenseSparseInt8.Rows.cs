using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>The vector variants.</content>
internal static partial class DenseSparseInt8
{
    /// <summary>Slicing checks the lengths once; that every index is below <c>Inputs / 4</c> is the packing's promise.</summary>
    private static void Rows<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        int rows,
        in DenseShape shape)
        where TOutput : struct, ITileInt8Output
    {
        int columns = TileInt8Layout.PaddedOutputs(shape.Outputs);
        starts = starts[..((columns / TileInt8Layout.PanelOutputs) + 1)];
        indices = indices[..starts[^1]];
        ref sbyte packed = ref MemoryMarshal.GetReference(weights[..(indices.Length * TileInt8Layout.StepBytes)]);
        ref int first = ref MemoryMarshal.GetReference(bias[..columns]);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> input = x.Slice(row * shape.Inputs, shape.Inputs);
            nint index = (nint)row * shape.Outputs;
            if (isa >= IsaLevel.AvxVnni && Isa.HasAvxVnni)
            {
                Row<TileInt8Vnni, Vector256<int>, Vector256<byte>, TOutput>(input, ref packed, indices, starts, ref first, operands, output, index, shape);
            }
            else if (isa >= IsaLevel.Avx2)
            {
                Row<TileInt8Avx2, Vector256<int>, TileInt8Avx2.Pairs, TOutput>(input, ref packed, indices, starts, ref first, operands, output, index, shape);
            }
            else
            {
                Row<TileInt8Vector128, Vector128<int>, TileInt8Vector128.Pairs, TOutput>(
                    input, ref packed, indices, starts, ref first, operands, output, index, shape);
            }
        }
    }

    /// <summary>One row, panel by panel. Four blocks with accumulators of their own hide the latency of the dot product.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Row<TIsa, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> x,
        ref sbyte weights,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<int> starts,
        ref int bias,
        in TileInt8Operands operands,
        in TOutput output,
        nint index,
        in DenseShape shape)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        ref byte input = ref MemoryMarshal.GetReference(x);
        ref ushort blocks = ref MemoryMarshal.GetReference(indices);
        int whole = x.Length / TileInt8Layout.GroupInputs;
        int last = LastInputs(x);
        int half = TIsa.Lanes * TileInt8Layout.GroupInputs;
        for (int column = 0; column < shape.Outputs; column += 2 * TIsa.Lanes)
        {
            int block = starts[column / TileInt8Layout.PanelOutputs];
            int end = starts[(column / TileInt8Layout.PanelOutputs) + 1];
            nint part = column % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs;
            ref sbyte w = ref Unsafe.Add(ref weights, ((nint)block * TileInt8Layout.StepBytes) + part);
            ref int start = ref Unsafe.Add(ref bias, column);
            TSum low0 = TIsa.Load(ref start), high0 = TIsa.Load(ref Unsafe.Add(ref start, TIsa.Lanes));
            TSum low1 = default, high1 = default, low2 = default, high2 = default, low3 = default, high3 = default;

            // Blocks are in ascending order: only the last one can be the one that is cut off by the end of the input.
            for (; block < end - 4; block += 4)
            {
                TOperand inputs = Inputs<TIsa, TSum, TOperand>(ref input, Unsafe.Add(ref blocks, block));
                low0 = TIsa.Dot(low0, inputs, TIsa.LoadWeights(ref w));
                high0 = TIsa.Dot(high0, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, half)));
                inputs = Inputs<TIsa, TSum, TOperand>(ref input, Unsafe.Add(ref blocks, block + 1));
                low1 = TIsa.Dot(low1, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, TileInt8Layout.StepBytes)));
                high1 = TIsa.Dot(high1, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, TileInt8Layout.StepBytes + half)));
                inputs = Inputs<TIsa, TSum, TOperand>(ref input, Unsafe.Add(ref blocks, block + 2));
                low2 = TIsa.Dot(low2, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, 2 * TileInt8Layout.StepBytes)));
                high2 = TIsa.Dot(high2, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, (2 * TileInt8Layout.StepBytes) + half)));
                inputs = Inputs<TIsa, TSum, TOperand>(ref input, Unsafe.Add(ref blocks, block + 3));
                low3 = TIsa.Dot(low3, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, 3 * TileInt8Layout.StepBytes)));
                high3 = TIsa.Dot(high3, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, (3 * TileInt8Layout.StepBytes) + half)));
                w = ref Unsafe.Add(ref w, 4 * TileInt8Layout.StepBytes);
            }

            for (; block < end; block++)
            {
                int k = Unsafe.Add(ref blocks, block);
                TOperand inputs = k < whole ? Inputs<TIsa, TSum, TOperand>(ref input, k) : TIsa.Broadcast(last);
                low0 = TIsa.Dot(low0, inputs, TIsa.LoadWeights(ref w));
                high0 = TIsa.Dot(high0, inputs, TIsa.LoadWeights(ref Unsafe.Add(ref w, half)));
                w = ref Unsafe.Add(ref w, TileInt8Layout.StepBytes);
            }

            low0 = TIsa.Add(TIsa.Add(low0, low1), TIsa.Add(low2, low3));
            high0 = TIsa.Add(TIsa.Add(high0, high1), TIsa.Add(high2, high3));
            output.Store(operands, index + column, column, shape.Outputs - column, low0, high0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOperand Inputs<TIsa, TSum, TOperand>(ref byte x, int block)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct =>
        TIsa.Broadcast(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, (nint)block * TileInt8Layout.GroupInputs)));

    /// <summary>The inputs of the last block where there are fewer than four, followed by zeros.</summary>
    private static int LastInputs(ReadOnlySpan<byte> x)
    {
        int inputs = 0;
        for (int i = 0; i < x.Length % TileInt8Layout.GroupInputs; i++)
        {
            inputs |= x[x.Length - (x.Length % TileInt8Layout.GroupInputs) + i] << (8 * i);
        }

        return inputs;
    }
}
