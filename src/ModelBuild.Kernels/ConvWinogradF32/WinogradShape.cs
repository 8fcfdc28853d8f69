namespace ModelBuild.Kernels;

/// <summary>The geometry of a <see cref="ConvWinogradF32"/>: a square filter of 3 or 5, stride 1, no dilation, one group, over NHWC data that is not padded yet.</summary>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="InputChannels">Channels of the input.</param>
/// <param name="Kernel">Rows and columns of the filter: 3 or 5.</param>
/// <param name="PadTop">Rows of zeros above the input.</param>
/// <param name="PadLeft">Columns of zeros left of the input.</param>
/// <param name="OutputHeight">Rows of the output; what the filter needs below the input is zero.</param>
/// <param name="OutputWidth">Columns of the output; what the filter needs right of the input is zero.</param>
/// <param name="OutputChannels">Channels of the output.</param>
/// <param name="BlockTiles">Tiles that are transformed together; it decides how much scratch memory is needed, and no result.</param>
internal readonly record struct WinogradShape(
    int InputHeight,
    int InputWidth,
    int InputChannels,
    int Kernel,
    int PadTop,
    int PadLeft,
    int OutputHeight,
    int OutputWidth,
    int OutputChannels,
    int BlockTiles);
