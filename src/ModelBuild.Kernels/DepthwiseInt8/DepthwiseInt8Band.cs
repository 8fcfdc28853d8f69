namespace ModelBuild.Kernels;

/// <summary>
/// What a depthwise 8-bit convolution computes at a time, of a block of channels: some pixels of some lines. Its input lies in strips, each of as many rows as a step has,
/// interleaved: <c>[strip][column][16 channels][row]</c>.
/// </summary>
/// <remarks>
/// Neighbouring lines share strips, which begin two rows apart. A line whose filter begins in the second row of a strip takes the weights one row lower, with zeros before them,
/// so that filters of 3, 5 or 7 rows have as many steps there. The rows of dilated filters are not neighbours: there each line has strips of its own.
/// </remarks>
internal readonly struct DepthwiseInt8Band
{
    // Bytes of strips, and sums of a block of channels: they stay in the first-level cache. The buffers are cleared at every call, so that larger ones would not pay.
    private const int UsualStripBytes = 8 * 1024;
    private const int MostSums = 128;

    // Large filters get longer strips, up to this; a filter may be as long. So a call takes 100 KB of the stack at most.
    private const int MaxBytes = 32 * 1024;

    // Columns, not counting those that the filter reaches beyond, and pixels: shorter runs are interrupted too often.
    private const int UsualColumns = 32;
    private const int LeastPixels = 8;

    private readonly int strideY;
    private readonly int dilationY;
    private readonly int stepRows;

    /// <summary>The bands of <paramref name="shape"/>.</summary>
    /// <param name="shape">The geometry, with at least one output.</param>
    /// <param name="stepRows">Filter rows of a step: two or four.</param>
    public DepthwiseInt8Band(in DepthwiseShape shape, int stepRows)
    {
        this.stepRows = stepRows;
        strideY = shape.StrideY;
        dilationY = shape.DilationY;
        SharesStrips = dilationY == 1;
        Variants = SharesStrips && int.IsOddInteger(strideY) && shape.OutputHeight > 1 ? 2 : 1;
        Steps = (shape.KernelHeight + Variants - 1 + stepRows - 1) / stepRows;

        long reachBytes = Strips(1) * (((shape.KernelWidth - 1L) * shape.DilationX) + 1) * DepthwiseInt8Layout.StepBytes;
        IsPossible = reachBytes <= MaxBytes;
        if (!IsPossible)
        {
            return;
        }

        // Runs of about the same length.
        FilterBytes = shape.KernelWidth * Steps * DepthwiseInt8Layout.StepBytes;
        int columnBytes = Strips(1) * DepthwiseInt8Layout.StepBytes;
        int reach = (shape.KernelWidth - 1) * shape.DilationX;
        int bytes = int.Max(UsualStripBytes, columnBytes * (reach + 1));
        int mostPixels = int.Min((((bytes / columnBytes) - reach - 1) / shape.StrideX) + 1, int.Max(UsualColumns / shape.StrideX, LeastPixels));
        int runs = (shape.OutputWidth + mostPixels - 1) / mostPixels;
        Pixels = (shape.OutputWidth + runs - 1) / runs;
        Columns = ((Pixels - 1) * shape.StrideX) + reach + 1;
        StripBytes = Columns * DepthwiseInt8Layout.StepBytes;
        int strips = bytes / StripBytes;
        int lines = SharesStrips ? (((2 * (strips - Strips(1))) + 1) / strideY) + 1 : strips / Steps;
        Lines = int.Clamp(lines, 1, int.Min(shape.OutputHeight, MostSums / Pixels));
    }

    /// <summary>Whether lines share strips.</summary>
    public bool SharesStrips { get; }

    /// <summary>One filter, or two that lines take in turn: as it is, and one row lower.</summary>
    public int Variants { get; }

    /// <summary>Steps of a column of the filter.</summary>
    public int Steps { get; }

    /// <summary>Bytes of a block's filter.</summary>
    public int FilterBytes { get; }

    /// <summary>Pixels of a line, at most.</summary>
    public int Pixels { get; }

    /// <summary>Lines, at most.</summary>
    public int Lines { get; }

    /// <summary>Columns of a strip.</summary>
    public int Columns { get; }

    /// <summary>Bytes of a strip.</summary>
    public int StripBytes { get; }

    /// <summary>Whether the filter fits into the buffers.</summary>
    public bool IsPossible { get; }

    /// <summary>Bytes from the strip of a step to that of the next.</summary>
    public int StepBytes => StripsOfStep * StripBytes;

    private int StripsOfStep => SharesStrips ? stepRows / 2 : 1;

    /// <summary>Strips that <paramref name="lines"/> lines need.</summary>
    public int Strips(int lines) => FirstStrip(lines - 1) + (StripsOfStep * (Steps - 1)) + 1;

    /// <summary>The strip in which the filter of a line begins.</summary>
    public int FirstStrip(int line) => SharesStrips ? (line * strideY) >> 1 : line * Steps;

    /// <summary>The first row of a strip, from the first of the band; the others follow <c>DilationY</c> rows apart.</summary>
    public int FirstRow(int strip)
    {
        if (SharesStrips)
        {
            return 2 * strip;
        }

        (int line, int step) = int.DivRem(strip, Steps);
        return (line * strideY) + (step * stepRows * dilationY);
    }
}
