using System;

namespace ModelBuild.Kernels;

/// <content>Build-time packing.</content>
internal static partial class ConvInt8
{
    /// <summary>Bytes of the packed weights.</summary>
    public static int PackedLength(in ConvShape shape) => shape.Groups * ConvInt8Taps.Of(shape).PackedGroupLength(shape);

    /// <summary>Length of bias, scales and column sums.</summary>
    public static int PackedOutputs(in ConvShape shape) => ConvInt8Taps.PackedOutputs(shape);

    /// <summary>
    /// Bytes of scratch for <paramref name="shape"/>, perhaps more than a buffer can have, whose sizes are known: what a band of lines needs that a second-level cache holds well. For other shapes, the
    /// inputs of a padded image and <see cref="TileInt8.SlackInputs"/>, as words, are enough.
    /// </summary>
    public static long ScratchLength(in ConvShape shape)
    {
        const int BandBytes = 256 * 1024;
        long line = (long)shape.InputWidth * shape.InputChannels * sizeof(short);
        long lines = long.Max(BandBytes / line, ConvInt8Band.InputLines(Pool, shape));
        return (long.Min(lines, shape.InputHeight) * line) + (TileInt8.SlackInputs * sizeof(short));
    }

    /// <summary>
    /// Whether <see cref="RunWinograd"/> can compute the shape, and is worth its transforms: a plain 3x3 or 5x5 filter with enough channels on both sides, for 5x5 not too many.
    /// </summary>
    public static bool CanUseWinograd(in ConvShape shape) =>
        shape is { StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1, Groups: 1, OutputChannels: >= 16, InputChannels: >= 16 } && shape.KernelHeight == shape.KernelWidth
        && shape.InputChannels % 16 == 0 && shape.InputChannels <= WinogradInt8.MaxChannels(shape.KernelHeight)
        && WinogradInt8.TransformedBytes(shape) <= Array.MaxLength;

    /// <summary>Words that <see cref="TransformWeights"/> makes.</summary>
    public static int TransformedLength(in ConvShape shape) => WinogradInt8.TransformedLength(shape);

    /// <summary>Bytes of scratch of <see cref="RunWinograd"/>.</summary>
    public static long WinogradScratchLength(in ConvShape shape)
    {
        long line = (long)shape.InputWidth * shape.InputChannels * sizeof(short);
        long tiles = (int.Min(WinogradInt8.TileInputLines(shape), shape.InputHeight) * line) + (TileInt8.SlackInputs * sizeof(short));
        return long.Max(ScratchLength(shape), tiles) + WinogradInt8.ExtraScratch(shape);
    }

    /// <summary>Packs ONNX weights [O, I / groups, kernelHeight, kernelWidth] into <paramref name="packed"/>, <see cref="PackedLength"/> bytes.</summary>
    public static void Pack(ReadOnlySpan<sbyte> weights, Span<sbyte> packed, in ConvShape shape)
    {
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        int groupInputs = shape.InputChannels / shape.Groups;
        int groupOutputs = shape.OutputChannels / shape.Groups;
        packed[..PackedLength(shape)].Clear();
        int source = 0;
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            int group = o / groupOutputs * taps.PackedGroupLength(shape);
            for (int c = 0; c < groupInputs; c++)
            {
                for (int ky = 0; ky < shape.KernelHeight; ky++)
                {
                    for (int kx = 0; kx < shape.KernelWidth; kx++)
                    {
                        packed[group + taps.Offset(o % groupOutputs, ky, kx, c, shape)] = weights[source++];
                    }
                }
            }
        }
    }

    /// <summary>Sums of each output's weights (ONNX order), padded with zeros to <see cref="PackedOutputs"/>.</summary>
    public static void ColumnSums(ReadOnlySpan<sbyte> weights, Span<int> sums, in ConvShape shape)
    {
        int perOutput = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
        sums[..PackedOutputs(shape)].Clear();
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            int column = Column(o, shape);
            for (int i = 0; i < perOutput; i++)
            {
                sums[column] += weights[(o * perOutput) + i];
            }
        }
    }

    /// <summary>Moves values per output channel to where the kernel reads them: padded with zeros to <see cref="PackedOutputs"/>, per group.</summary>
    public static void PackOutputs<T>(ReadOnlySpan<T> values, Span<T> packed, in ConvShape shape)
    {
        packed[..PackedOutputs(shape)].Clear();
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            packed[Column(o, shape)] = values[o];
        }
    }
}
