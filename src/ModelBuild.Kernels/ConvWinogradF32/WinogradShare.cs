using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of a <see cref="ConvWinogradF32"/>: some of its tiles, in blocks that fit into a slice of the scratch memory, which the parts divide between them. Where
/// a slice has no room for a tile, the first part does everything.
/// </summary>
internal readonly struct WinogradShare
{
    // Floats of a cache line.
    private const int Line = 16;

    // Tiles that stay together where there are many: they are the rows of matrix products.
    private const int Together = 4;

    private readonly int _scratchBegin;
    private readonly int _scratchLength;

    /// <summary>The share of <paramref name="part"/> of <paramref name="tiles"/> tiles.</summary>
    public WinogradShare(int tiles, in WinogradShape shape, int scratchLength, int part, int parts)
    {
        _scratchLength = parts == 1 ? scratchLength : scratchLength / parts & -Line;
        BlockTiles = parts == 1 ? shape.BlockTiles : LargestBlock(shape, _scratchLength);
        if (BlockTiles == 0)
        {
            (_scratchLength, BlockTiles, tiles, part, parts) = (scratchLength, shape.BlockTiles, part == 0 ? tiles : 0, 0, 1);
        }

        _scratchBegin = part * _scratchLength;
        Tiles = Share.Of(tiles, part, parts, Multiple(tiles, parts));
    }

    /// <summary>The tiles of the share.</summary>
    public Share Tiles { get; }

    /// <summary>How many of them are transformed together.</summary>
    public int BlockTiles { get; }

    /// <summary>The most tiles that one of the parts has.</summary>
    public static long MostTiles(long tiles, long parts)
    {
        long multiple = Multiple(tiles, parts);
        return long.Min(tiles, ((tiles + (multiple * parts) - 1) / (multiple * parts)) * multiple);
    }

    /// <summary>The part's slice of the scratch memory.</summary>
    public Span<float> Scratch(Span<float> scratch) => scratch.Slice(_scratchBegin, _scratchLength);

    private static int Multiple(long tiles, long parts) => tiles >= 2 * Together * parts ? Together : 1;

    /// <summary>The most tiles, up to those of the shape, whose blocks fit; 0 if there is no room for one.</summary>
    private static int LargestBlock(in WinogradShape shape, int scratchLength)
    {
        int tiles = shape.BlockTiles;
        while (tiles > 0 && ConvWinogradF32.ScratchLength(shape with { BlockTiles = tiles }) > scratchLength)
        {
            tiles--;
        }

        return tiles;
    }
}
