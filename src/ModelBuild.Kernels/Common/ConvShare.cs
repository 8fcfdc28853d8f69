namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of a convolution over padded NHWC data, as smaller convolutions: some output rows; or some output pixels, where they all lie in one row or read
/// the input pixels at their own places. The weights are all read by every part.
/// </summary>
internal struct ConvShare
{
    private readonly ConvShape _all;
    private readonly int _multiple;
    private ImageRows _rows;

    /// <summary>
    /// The share of <paramref name="part"/>, cut at multiples of some rows, of which an image has a whole number of; the first convolution is current after
    /// <see cref="Next"/>.
    /// </summary>
    public ConvShare(int batch, in ConvShape shape, int part, int parts, int multiple = 1)
    {
        (_all, _multiple) = (shape, multiple);
        if (multiple == 1 && IsPointwise(shape))
        {
            // Pixels of all images follow each other.
            int pixels = batch * shape.OutputHeight * shape.OutputWidth;
            _all = shape with { InputHeight = 1, InputWidth = pixels, OutputHeight = 1, OutputWidth = pixels };
            batch = 1;
        }

        IsLine = batch == 1 && _all.OutputHeight == 1 && _all.KernelHeight == 1;
        _rows = new ImageRows(batch, IsLine ? _all.OutputWidth : _all.OutputHeight / multiple, part, parts);
    }

    /// <summary>The convolution. Its input may have more rows or columns than it reads.</summary>
    public ConvShape Shape { get; private set; }

    /// <summary>Images of the convolution.</summary>
    public readonly int Batch => _rows.Images;

    /// <summary>The position of its first input value.</summary>
    public int Input { get; private set; }

    /// <summary>The position of its first output value.</summary>
    public int Output { get; private set; }

    /// <summary>Its output values.</summary>
    public int OutputLength { get; private set; }

    private bool IsLine { get; }

    /// <summary>Goes to the next convolution; false when there is none.</summary>
    public bool Next()
    {
        if (!_rows.Next())
        {
            return false;
        }

        if (IsLine)
        {
            int first = _rows.Row * _all.StrideX;
            Shape = _all with { InputWidth = _all.InputWidth - first, OutputWidth = _rows.Rows };
            Input = first * _all.InputChannels;
            Output = _rows.Row * _all.OutputChannels;
        }
        else
        {
            int row = _rows.Row * _multiple, first = row * _all.StrideY;
            Shape = _all with { InputHeight = _all.InputHeight - first, OutputHeight = _rows.Rows * _multiple };
            Input = ((_rows.Image * _all.InputHeight) + first) * _all.InputWidth * _all.InputChannels;
            Output = ((_rows.Image * _all.OutputHeight) + row) * _all.OutputWidth * _all.OutputChannels;
        }

        OutputLength = Batch * Shape.OutputHeight * Shape.OutputWidth * Shape.OutputChannels;
        return true;
    }

    private static bool IsPointwise(in ConvShape shape) =>
        shape.KernelHeight == 1 && shape.KernelWidth == 1 && shape.StrideY == 1 && shape.StrideX == 1
        && shape.InputHeight == shape.OutputHeight && shape.InputWidth == shape.OutputWidth;
}
