using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of a <see cref="ConvWinogradF32"/>, as smaller convolutions: some rows of tiles. Parts divide the scratch memory between them; where a share of
/// it has no room for a tile, the first part does everything.
/// </summary>
internal struct WinogradShare
{
    // Floats of a cache line.
    private const int Line = 16;

    private readonly WinogradShape _all;
    private readonly int _tile;
    private readonly int _scratchBegin;
    private readonly int _scratchLength;
    private ImageRows _rows;

    /// <summary>The share of <paramref name="part"/>; the first convolution is current after <see cref="Next"/>.</summary>
    public WinogradShare(int batch, in WinogradShape shape, int scratchLength, int part, int parts)
    {
        _all = shape;
        _tile = WinogradF32.Patch + 1 - shape.Kernel;
        _scratchLength = parts == 1 ? scratchLength : scratchLength / parts & -Line;
        int tiles = LargestBlock(shape, _scratchLength, (shape.BlockTiles + parts - 1) / parts);
        if (tiles == 0)
        {
            (_scratchLength, tiles, batch, part, parts) = (scratchLength, shape.BlockTiles, part == 0 ? batch : 0, 0, 1);
        }

        _all = shape with { BlockTiles = tiles };
        _scratchBegin = part * _scratchLength;
        _rows = new ImageRows(batch, (shape.OutputHeight + _tile - 1) / _tile, part, parts);
    }

    /// <summary>The convolution. Its input may have more rows than it reads.</summary>
    public WinogradShape Shape { get; private set; }

    /// <summary>Images of the convolution.</summary>
    public readonly int Batch => _rows.Images;

    /// <summary>The position of its first input value.</summary>
    public int Input { get; private set; }

    /// <summary>The position of its first output value.</summary>
    public int Output { get; private set; }

    /// <summary>Its output values.</summary>
    public int OutputLength { get; private set; }

    /// <summary>The part's share of the scratch memory.</summary>
    public readonly Span<float> Scratch(Span<float> scratch) => scratch.Slice(_scratchBegin, _scratchLength);

    /// <summary>Goes to the next convolution; false when there is none.</summary>
    public bool Next()
    {
        if (!_rows.Next())
        {
            return false;
        }

        int top = _rows.Row * _tile, outputRow = _all.OutputWidth * _all.OutputChannels;
        (int first, int padTop) = _rows.Input(_tile, _all.PadTop, _all.InputHeight);
        Shape = _all with
        {
            InputHeight = _all.InputHeight - first,
            PadTop = padTop,
            OutputHeight = int.Min(top + (_rows.Rows * _tile), _all.OutputHeight) - top,
        };
        Input = ((_rows.Image * _all.InputHeight) + first) * _all.InputWidth * _all.InputChannels;
        Output = ((_rows.Image * _all.OutputHeight) + top) * outputRow;
        OutputLength = Batch * Shape.OutputHeight * outputRow;
        return true;
    }

    /// <summary>The most tiles, up to a number, whose blocks fit; 0 if there is no room for one.</summary>
    private static int LargestBlock(in WinogradShape shape, int scratchLength, int tiles)
    {
        while (tiles > 0 && ConvWinogradF32.ScratchLength(shape with { BlockTiles = tiles }) > scratchLength)
        {
            tiles--;
        }

        return tiles;
    }
}
