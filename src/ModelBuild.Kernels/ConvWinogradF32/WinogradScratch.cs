namespace ModelBuild.Kernels;

/// <summary>
/// Where a block of tiles keeps its intermediate results, in floats: transformed inputs <c>[36][tile][InputChannels]</c>, their products <c>[36][tile][OutputColumns]</c>,
/// one patch <c>[6 * 6][channels]</c> for tiles at the borders, and zeros that the products start from.
/// </summary>
internal readonly struct WinogradScratch
{
    // One cache line between positions: at a distance of a power of two, all 36 would share the few lines of one set of the cache.
    private const int Gap = 16;

    public WinogradScratch(in WinogradShape shape)
    {
        OutputColumns = new PanelsF32(shape.InputChannels, shape.OutputChannels).PaddedColumns;
        InputStride = Apart(shape.BlockTiles * shape.InputChannels);
        OutputStride = Apart(shape.BlockTiles * OutputColumns);
        Outputs = WinogradF32.Positions * InputStride;
        Patch = Outputs + (WinogradF32.Positions * OutputStride);
        ZeroBias = Patch + (WinogradF32.Positions * System.Math.Max(shape.InputChannels, OutputColumns));
        Length = ZeroBias + OutputColumns;
    }

    /// <summary>From the transformed inputs of one position, which come first, to those of the next.</summary>
    public int InputStride { get; }

    /// <summary>The products.</summary>
    public int Outputs { get; }

    /// <summary>From the products of one position to those of the next.</summary>
    public int OutputStride { get; }

    /// <summary>Output channels, padded to whole panels.</summary>
    public int OutputColumns { get; }

    /// <summary>A patch of the input, or a tile of the output.</summary>
    public int Patch { get; }

    /// <summary><see cref="OutputColumns"/> zeros, up to the end.</summary>
    public int ZeroBias { get; }

    /// <summary>All of it.</summary>
    public int Length { get; }

    private static int Apart(int floats) => (((floats + Gap - 1) / Gap) | 1) * Gap;
}
