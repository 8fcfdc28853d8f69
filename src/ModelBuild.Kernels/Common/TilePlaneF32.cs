namespace ModelBuild.Kernels;

/// <summary>
/// The pixels that share one weight matrix, as rows of neighbouring pixels. Row <c>r</c> holds pixels <c>r * RowPixels</c> and on; the last row may be shorter.
/// </summary>
/// <param name="Pixels">Pixels of all rows.</param>
/// <param name="RowPixels">Pixels of a row.</param>
/// <param name="RowStride">Bytes from a row's input to that of the next row.</param>
/// <param name="OutputRowStride">Bytes from a row's output, and its residual, to that of the next row.</param>
internal readonly record struct TilePlaneF32(int Pixels, int RowPixels, nint RowStride, nint OutputRowStride);
