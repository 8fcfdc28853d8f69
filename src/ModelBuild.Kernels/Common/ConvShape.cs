namespace ModelBuild.Kernels;

/// <summary>
/// The geometry of a two-dimensional convolution over NHWC data that is already padded: the input's height and width include the padding.
/// Weights are grouped as ONNX groups them: output channel <c>o</c> reads the input channels of group <c>o / (OutputChannels / Groups)</c>.
/// </summary>
/// <param name="InputHeight">Rows of the padded input.</param>
/// <param name="InputWidth">Columns of the padded input.</param>
/// <param name="InputChannels">Channels of the input, all groups together.</param>
/// <param name="KernelHeight">Rows of the filter.</param>
/// <param name="KernelWidth">Columns of the filter.</param>
/// <param name="StrideY">Input rows from one output row to the next.</param>
/// <param name="StrideX">Input columns from one output column to the next.</param>
/// <param name="DilationY">Input rows from one filter row to the next.</param>
/// <param name="DilationX">Input columns from one filter column to the next.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="OutputChannels">Channels of the output, all groups together.</param>
/// <param name="Groups">Groups; 1 for an ordinary convolution.</param>
internal readonly record struct ConvShape(
    int InputHeight,
    int InputWidth,
    int InputChannels,
    int KernelHeight,
    int KernelWidth,
    int StrideY,
    int StrideX,
    int DilationY,
    int DilationX,
    int OutputHeight,
    int OutputWidth,
    int OutputChannels,
    int Groups);
