namespace ModelBuild.Kernels;

/// <summary>
/// The geometry of a two-dimensional depthwise convolution over NHWC data: every channel has one filter of its own. The data is not padded: filter positions
/// that lie outside the input are skipped.
/// </summary>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="Channels">Channels of the input and of the output.</param>
/// <param name="KernelHeight">Rows of the filter.</param>
/// <param name="KernelWidth">Columns of the filter.</param>
/// <param name="StrideY">Input rows from one output row to the next.</param>
/// <param name="StrideX">Input columns from one output column to the next.</param>
/// <param name="DilationY">Input rows from one filter row to the next.</param>
/// <param name="DilationX">Input columns from one filter column to the next.</param>
/// <param name="PadTop">Rows by which the filter of output row 0 starts above the input.</param>
/// <param name="PadLeft">Columns by which the filter of output column 0 starts left of the input.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
internal readonly record struct DepthwiseShape(
    int InputHeight,
    int InputWidth,
    int Channels,
    int KernelHeight,
    int KernelWidth,
    int StrideY,
    int StrideX,
    int DilationY,
    int DilationX,
    int PadTop,
    int PadLeft,
    int OutputHeight,
    int OutputWidth);
