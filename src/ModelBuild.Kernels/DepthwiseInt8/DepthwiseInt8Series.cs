namespace ModelBuild.Kernels;

/// <summary>The sums that one call takes with one filter: pixels of lines that follow each other at the same distance.</summary>
internal readonly struct DepthwiseInt8Series
{
    /// <summary>Lines.</summary>
    public int Lines { get; init; }

    /// <summary>Pixels of a line.</summary>
    public int Pixels { get; init; }

    /// <summary>Columns of the filter.</summary>
    public int KernelWidth { get; init; }

    /// <summary>Steps of a column of the filter.</summary>
    public int Steps { get; init; }

    /// <summary>Bytes of input from a line to the next.</summary>
    public nint LineBytes { get; init; }

    /// <summary>Bytes of input from a pixel to the next.</summary>
    public nint PixelBytes { get; init; }

    /// <summary>Bytes of input from a column of the filter to the next.</summary>
    public nint TapBytes { get; init; }

    /// <summary>Bytes of input from a step to the next.</summary>
    public nint StepBytes { get; init; }

    /// <summary>Sums from a line to the next.</summary>
    public nint LineSums { get; init; }

    /// <summary>Sums from a pixel to the next.</summary>
    public nint PixelSums { get; init; }
}
