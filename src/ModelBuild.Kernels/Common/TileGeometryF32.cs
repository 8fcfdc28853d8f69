namespace ModelBuild.Kernels;

/// <summary>
/// What a tile reads for each of its pixels, and what it does with the sums. All strides are in bytes. A fully connected layer has one tap of <c>Inputs</c>
/// values; a convolution has one tap per filter row, or per filter position where the values of a row are not adjacent (dilation, groups).
/// </summary>
/// <param name="FilterRows">Filter rows.</param>
/// <param name="FilterTaps">Taps of a filter row.</param>
/// <param name="InnerDepth">Adjacent input values that a tap reads.</param>
/// <param name="FilterRowStride">From a filter row's input to that of the next.</param>
/// <param name="TapStride">From a tap's input to that of the next in the same filter row.</param>
/// <param name="PixelStride">From a pixel's input to that of the next pixel.</param>
/// <param name="WeightStride">From one row of the weight panel to the next.</param>
/// <param name="OutputStride">From a pixel's output, and its residual, to that of the next pixel.</param>
/// <param name="Min">Lower bound of the result; negative infinity for none.</param>
/// <param name="Max">Upper bound of the result; positive infinity for none.</param>
internal readonly record struct TileGeometryF32(
    int FilterRows,
    int FilterTaps,
    int InnerDepth,
    nint FilterRowStride,
    nint TapStride,
    nint PixelStride,
    nint WeightStride,
    nint OutputStride,
    float Min,
    float Max);
