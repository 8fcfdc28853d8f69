namespace ModelBuild.Kernels;

/// <summary>One part's share of the rows of padded images, as blocks that are padded images themselves: fewer rows of the input, and what lies above and below of them.</summary>
internal struct PaddedRows
{
    private readonly int _top;
    private readonly int _height;
    private readonly int _outputHeight;
    private ImageRows _rows;

    /// <summary>The share of <paramref name="part"/>; the first block is current after <see cref="Next"/>.</summary>
    public PaddedRows(int batch, int height, int top, int bottom, int part, int parts)
    {
        (_top, _height, _outputHeight) = (top, height, top + height + bottom);
        _rows = new ImageRows(batch, _outputHeight, part, parts);
    }

    /// <summary>The first image of the block.</summary>
    public readonly int Image => _rows.Image;

    /// <summary>Images of the block.</summary>
    public readonly int Images => _rows.Images;

    /// <summary>The first input row of the block in each image.</summary>
    public readonly int First => int.Clamp(_rows.Row - _top, 0, _height);

    /// <summary>Input rows of the block in each image.</summary>
    public readonly int Height => int.Clamp(_rows.Row + _rows.Rows - _top, 0, _height) - First;

    /// <summary>Padding above them.</summary>
    public readonly int Above => int.Clamp(_top - _rows.Row, 0, _rows.Rows);

    /// <summary>Padding below them.</summary>
    public readonly int Below => _rows.Rows - Above - Height;

    /// <summary>The first row of the block among those of all padded images.</summary>
    public readonly int Output => (_rows.Image * _outputHeight) + _rows.Row;

    /// <summary>Rows of the block, of all its padded images.</summary>
    public readonly int OutputRows => _rows.Images * _rows.Rows;

    /// <summary>Goes to the next block; false when there is none.</summary>
    public bool Next() => _rows.Next();
}
