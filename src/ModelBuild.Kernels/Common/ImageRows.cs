namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of the rows of a batch of images, as blocks that a kernel can run like a batch of its own: the end of an image, several whole images, the
/// beginning of an image.
/// </summary>
internal struct ImageRows
{
    private readonly int _height;
    private readonly int _end;
    private int _next;

    /// <summary>The share of <paramref name="part"/> of all rows of <paramref name="images"/> images; the first block is current after <see cref="Next"/>.</summary>
    public ImageRows(int images, int height, int part, int parts)
    {
        Share rows = Share.Of(images * height, part, parts);
        (_height, _next, _end) = (height, rows.Begin, rows.End);
    }

    /// <summary>The first image of the block.</summary>
    public int Image { get; private set; }

    /// <summary>Images of the block; 1 where it has not all rows of an image.</summary>
    public int Images { get; private set; }

    /// <summary>The first row of the block in each image.</summary>
    public int Row { get; private set; }

    /// <summary>Rows of the block in each image.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes to the next block; false when there is none.</summary>
    public bool Next()
    {
        int left = _end - _next;
        if (left <= 0)
        {
            return false;
        }

        (Image, Row) = int.DivRem(_next, _height);
        bool isWhole = Row == 0 && left >= _height;
        Images = isWhole ? left / _height : 1;
        Rows = isWhole ? _height : int.Min(left, _height - Row);
        _next += Images * Rows;
        return true;
    }

    /// <summary>
    /// Where the input of the block begins when output rows are windows over an unpadded input: its first row, and the padding above that row for the first
    /// window (negative where the whole block lies in the padding below, which no window reads).
    /// </summary>
    public readonly (int First, int PadTop) Input(int stride, int padTop, int inputHeight)
    {
        int first = int.Clamp((Row * stride) - padTop, 0, int.Max(inputHeight - 1, 0));
        return (first, padTop + first - (Row * stride));
    }
}
