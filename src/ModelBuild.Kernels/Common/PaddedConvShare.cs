namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of a convolution over NHWC data whose kernel does the padding, as smaller convolutions: some output rows, with the input rows and the padding
/// that they read; or some output pixels of the only row. The weights are all read by every part.
/// </summary>
internal struct PaddedConvShare
{
    private readonly ConvShape _all;
    private readonly ImagePadding _padding;
    private readonly int _multiple;
    private ImageRows _rows;

    /// <summary>The share of <paramref name="part"/>, cut at multiples of some rows; the first convolution is current after <see cref="Next"/>.</summary>
    public PaddedConvShare(int batch, in ConvShape shape, in ImagePadding padding, int part, int parts, int multiple = 1)
    {
        (_all, _padding, _multiple) = (shape, padding, multiple);
        if (padding == default && IsPointwise(shape))
        {
            // Rows of all images follow each other.
            _all = shape with { InputHeight = batch * shape.InputHeight, OutputHeight = batch * shape.OutputHeight };
            batch = int.Min(batch, 1);
        }

        IsLine = batch == 1 && padding == default && _all.OutputHeight == 1 && _all.KernelHeight == 1;
        int units = IsLine ? _all.OutputWidth : (int)(((long)_all.OutputHeight + multiple - 1) / multiple);
        _rows = new ImageRows(batch, units, part, parts);
    }

    /// <summary>The convolution, over the padded input.</summary>
    public ConvShape Shape { get; private set; }

    /// <summary>Its padding.</summary>
    public ImagePadding Padding { get; private set; }

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
            TakePixels(_rows.Row, _rows.Rows);
        }
        else
        {
            int row = _rows.Row * _multiple;
            TakeRows(row, int.Min(_rows.Rows * _multiple, _all.OutputHeight - row));
        }

        OutputLength = Batch * Shape.OutputHeight * Shape.OutputWidth * Shape.OutputChannels;
        return true;
    }

    private void TakePixels(int pixel, int pixels)
    {
        Shape = _all with { InputWidth = Extent(pixels, _all.StrideX, _all.KernelWidth, _all.DilationX), OutputWidth = pixels };
        Input = pixel * _all.StrideX * _all.InputChannels;
        Output = pixel * _all.OutputChannels;
    }

    private void TakeRows(int row, int rows)
    {
        int inputRows = _all.InputHeight - _padding.Top - _padding.Bottom;
        int inputRow = (_all.InputWidth - _padding.Left - _padding.Right) * _all.InputChannels;
        Output = ((_rows.Image * _all.OutputHeight) + row) * _all.OutputWidth * _all.OutputChannels;
        if (rows == _all.OutputHeight)
        {
            (Shape, Padding, Input) = (_all, _padding, _rows.Image * inputRows * inputRow);
            return;
        }

        // The padded rows that the share reads: those above the image, in it, and below it.
        int first = row * _all.StrideY;
        int count = Extent(rows, _all.StrideY, _all.KernelHeight, _all.DilationY);
        int above = int.Clamp(_padding.Top - first, 0, count);
        int below = int.Clamp(first + count - (_padding.Top + inputRows), 0, count - above);
        Shape = _all with { InputHeight = count, OutputHeight = rows };
        Padding = _padding with { Top = above, Bottom = below };
        Input = ((_rows.Image * inputRows) + int.Clamp(first - _padding.Top, 0, inputRows)) * inputRow;
    }

    // What some outputs read along one axis of the padded input.
    private static int Extent(int outputs, int stride, int kernel, int dilation) => ((outputs - 1) * stride) + ((kernel - 1) * dilation) + 1;

    private static bool IsPointwise(in ConvShape shape) =>
        shape.KernelHeight == 1 && shape.KernelWidth == 1 && shape.StrideY == 1 && shape.StrideX == 1
        && shape.InputHeight == shape.OutputHeight && shape.InputWidth == shape.OutputWidth;
}
