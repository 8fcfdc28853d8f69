namespace ModelBuild.Kernels;

/// <summary>The geometry of a two-dimensional pooling over NHWC data. Padding is no memory: windows reach beyond the input, and kernels skip what is not there.</summary>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="Channels">Channels of input and output.</param>
/// <param name="KernelHeight">Rows of the window.</param>
/// <param name="KernelWidth">Columns of the window.</param>
/// <param name="StrideY">Input rows from one output row to the next.</param>
/// <param name="StrideX">Input columns from one output column to the next.</param>
/// <param name="DilationY">Input rows from one window row to the next.</param>
/// <param name="DilationX">Input columns from one window column to the next.</param>
/// <param name="PadTop">Rows of padding above the input.</param>
/// <param name="PadLeft">Columns of padding left of the input.</param>
/// <param name="PadBottom">Rows of padding below the input.</param>
/// <param name="PadRight">Columns of padding right of the input.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
internal readonly record struct PoolShape(
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
    int PadBottom,
    int PadRight,
    int OutputHeight,
    int OutputWidth);
