using System;

namespace ModelBuild.Kernels;

/// <content>Build-time packing.</content>
internal static partial class DenseInt8
{
    /// <summary>Bytes of the packed weights.</summary>
    public static int PackedLength(in DenseShape shape) =>
        TileInt8Layout.PaddedOutputs(shape.Outputs) * TileInt8Layout.PaddedInner(shape.Inputs);

    /// <summary>Length of bias, scales and column sums.</summary>
    public static int PackedOutputs(in DenseShape shape) => TileInt8Layout.PaddedOutputs(shape.Outputs);

    /// <summary>
    /// Bytes of scratch for <paramref name="rows"/> rows: all of them, as words, or as many as are computed at a time.
    /// </summary>
    public static int ScratchLength(long rows, in DenseShape shape) =>
        (int)((long.Min(rows, BlockRows(shape)) * shape.Inputs) + TileInt8.SlackInputs) * sizeof(short);

    /// <summary>Packs <paramref name="weights"/> [Inputs, Outputs] into <paramref name="packed"/>, <see cref="PackedLength"/> bytes.</summary>
    public static void Pack(ReadOnlySpan<sbyte> weights, Span<sbyte> packed, in DenseShape shape)
    {
        packed[..PackedLength(shape)].Clear();
        for (int k = 0; k < shape.Inputs; k++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                packed[TileInt8Layout.Offset(n, tap: 0, k, taps: 1, shape.Inputs)] = weights[(k * shape.Outputs) + n];
            }
        }
    }

    /// <summary>Sums of each output's weights [Inputs, Outputs], padded with zeros to <see cref="PackedOutputs"/>.</summary>
    public static void ColumnSums(ReadOnlySpan<sbyte> weights, Span<int> sums, in DenseShape shape)
    {
        sums[..PackedOutputs(shape)].Clear();
        for (int k = 0; k < shape.Inputs; k++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                sums[n] += weights[(k * shape.Outputs) + n];
            }
        }
    }

    /// <summary>Copies values per output and pads them with zeros to <see cref="PackedOutputs"/>.</summary>
    public static void PackOutputs<T>(ReadOnlySpan<T> values, Span<T> packed, in DenseShape shape)
    {
        packed[..PackedOutputs(shape)].Clear();
        values[..shape.Outputs].CopyTo(packed);
    }
}
