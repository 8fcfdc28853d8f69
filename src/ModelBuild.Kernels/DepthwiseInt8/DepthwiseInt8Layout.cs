namespace ModelBuild.Kernels;

/// <summary>
/// The packed layout of depthwise 8-bit weights: <c>[block][kx][ky / 4][16 channels][4]</c>. Four rows of a filter column are neighbours, because that is what
/// dot products of bytes add; missing rows have zero weights. Blocks have sixteen channels, and the last one ends at the last channel, overlapping the one
/// before it, so that no block reads beyond a pixel. Fewer than sixteen channels are one block with zero weights behind them.
/// </summary>
internal static class DepthwiseInt8Layout
{
    /// <summary>Channels of a block.</summary>
    public const int BlockChannels = 16;

    /// <summary>Filter rows that are neighbours.</summary>
    public const int StepRows = 4;

    /// <summary>Bytes of a step of a block: of four rows as they are packed, and of two rows as words.</summary>
    public const int StepBytes = BlockChannels * StepRows;

    /// <summary>Blocks of <paramref name="channels"/>.</summary>
    public static int Blocks(int channels) => (channels + BlockChannels - 1) / BlockChannels;

    /// <summary>First channel of <paramref name="block"/>.</summary>
    public static int FirstChannel(int block, int channels) => int.Max(0, int.Min(block * BlockChannels, channels - BlockChannels));

    /// <summary>Channels of bias and scales.</summary>
    public static int PaddedChannels(int channels) => int.Max(channels, BlockChannels);

    /// <summary>Bytes of a block.</summary>
    public static int BlockLength(in DepthwiseShape shape) => shape.KernelWidth * ((shape.KernelHeight + StepRows - 1) / StepRows) * StepBytes;

    /// <summary>Bytes of all packed weights.</summary>
    public static int Length(in DepthwiseShape shape) => Blocks(shape.Channels) * BlockLength(shape);

    /// <summary>Where the weight of filter element (ky, kx) of lane <paramref name="lane"/> of <paramref name="block"/> is.</summary>
    public static int Offset(int block, int lane, int ky, int kx, in DepthwiseShape shape)
    {
        int steps = (shape.KernelHeight + StepRows - 1) / StepRows;
        return (block * BlockLength(shape)) + (((kx * steps) + (ky / StepRows)) * StepBytes) + (lane * StepRows) + (ky % StepRows);
    }
}
