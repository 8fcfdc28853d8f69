using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>A fully connected layer as one line of pixels with one tap.</content>
internal static partial class DenseInt8
{
    /// <summary>Slicing checks once that all operands are long enough; the tiles do not.</summary>
    private static void Tiles<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        int rows,
        in DenseShape shape)
        where TOutput : struct, ITileInt8Output
    {
        x = x[..(rows * shape.Inputs)];
        weights = weights[..(TileInt8Layout.PaddedOutputs(shape.Outputs) * TileInt8Layout.PaddedInner(shape.Inputs))];
        if (TileInt8.InputBytes(isa) == sizeof(byte))
        {
            // The input is read in place.
            TileInt8.RunOn(isa, x, weights, bias, operands, output, Line(rows, sizeof(byte), shape), firstOutput: 0, firstColumn: 0);
            return;
        }

        Span<short> words = MemoryMarshal.Cast<byte, short>(scratch);
        int block = int.Min((words.Length - TileInt8.SlackInputs) / shape.Inputs, BlockRows(shape));
        if (block < 1 && rows > 0)
        {
            throw new ArgumentException("The scratch buffer is too short for a row.", nameof(scratch));
        }

        for (int row = 0; row < rows; row += block)
        {
            int count = int.Min(block, rows - row);
            if (count == 1)
            {
                Row(isa, x.Slice(row * shape.Inputs, shape.Inputs), weights, bias, scratch, operands, output, row * shape.Outputs, shape);
                continue;
            }

            WidenU8.Run(isa, x.Slice(row * shape.Inputs, count * shape.Inputs), words);
            TileInt8.RunOn(isa, scratch, weights, bias, operands, output, Line(count, sizeof(short), shape), firstOutput: row * shape.Outputs, firstColumn: 0);
        }
    }

    /// <summary>Rows that are widened at a time: whole tiles that a second-level cache holds well.</summary>
    private static int BlockRows(in DenseShape shape)
    {
        const int BlockInputs = 128 * 1024;
        return int.Max(BlockInputs / shape.Inputs / TileRows16.Count, 1) * TileRows16.Count;
    }

    private static TileInt8Shape Line(int rows, int inputBytes, in DenseShape shape) => new(
        Images: 1,
        Lines: 1,
        Pixels: rows,
        ImageStride: 0,
        LineStride: 0,
        PixelStride: shape.Inputs * inputBytes,
        TapsY: 1,
        TapsX: 1,
        TapStrideY: 0,
        TapStrideX: 0,
        InnerK: shape.Inputs,
        Outputs: shape.Outputs,
        OutputStride: shape.Outputs);
}
