namespace ModelBuild.Kernels;

/// <summary>
/// How a filter is cut into runs of consecutive input bytes. Where a filter row is consecutive (one group, no horizontal dilation) the row is one tap: a 3x3
/// filter over 3 channels has 3 taps of 9 inputs instead of 9 taps of 3, which would be a quarter padding. Otherwise each filter element is a tap.
/// </summary>
internal readonly record struct ConvInt8Taps(int TapsY, int TapsX, int InnerK)
{
    /// <summary>The taps of <paramref name="shape"/>.</summary>
    public static ConvInt8Taps Of(in ConvShape shape)
    {
        int channels = shape.InputChannels / shape.Groups;
        bool rowIsConsecutive = shape.Groups == 1 && (shape.DilationX == 1 || shape.KernelWidth == 1);
        return rowIsConsecutive
            ? new ConvInt8Taps(shape.KernelHeight, 1, shape.KernelWidth * channels)
            : new ConvInt8Taps(shape.KernelHeight, shape.KernelWidth, channels);
    }

    /// <summary>Outputs of a group padded to whole panels.</summary>
    public static int PackedGroupOutputs(in ConvShape shape) => TileInt8Layout.PaddedOutputs(shape.OutputChannels / shape.Groups);

    /// <summary>Length of bias, scales and column sums: the outputs of each group padded to whole panels.</summary>
    public static int PackedOutputs(in ConvShape shape) => shape.Groups * PackedGroupOutputs(shape);

    /// <summary>Bytes of the packed weights of a group.</summary>
    public int PackedGroupLength(in ConvShape shape) => PackedGroupOutputs(shape) * TapsY * TapsX * TileInt8Layout.PaddedInner(InnerK);

    /// <summary>Where, within its group, the weight of output <paramref name="o"/>, filter element (ky, kx) and channel <paramref name="c"/> is.</summary>
    public int Offset(int o, int ky, int kx, int c, in ConvShape shape)
    {
        int channels = shape.InputChannels / shape.Groups;
        return TapsX == 1
            ? TileInt8Layout.Offset(o, ky, (kx * channels) + c, TapsY, InnerK)
            : TileInt8Layout.Offset(o, (ky * TapsX) + kx, c, TapsY * TapsX, InnerK);
    }
}
