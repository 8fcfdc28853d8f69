namespace ModelBuild.Kernels;

/// <summary>
/// What the 8-bit tile loops need to know of a layer. Output pixel (image, line, column) reads, for each tap (ty, tx), <c>InnerK</c> consecutive bytes at
/// <c>image * ImageStride + line * LineStride + column * PixelStride + ty * TapStrideY + tx * TapStrideX</c>, and is written at row
/// <c>(image * Lines + line) * Pixels + column</c> of the output. A fully connected layer is one image of one line whose pixels are its rows. All strides are in
/// bytes and positive. Where <c>Pool</c> is 2, an output pixel is the largest of 2x2 pixels that read what lies half a <c>LineStride</c> and half a <c>PixelStride</c>
/// apart: as large sums become large outputs, the sums are compared.
/// </summary>
/// <param name="Images">Images of the batch.</param>
/// <param name="Lines">Output lines of an image.</param>
/// <param name="Pixels">Output pixels of a line.</param>
/// <param name="ImageStride">From an image to the next.</param>
/// <param name="LineStride">From what an output line reads to what the next one reads.</param>
/// <param name="PixelStride">From what an output pixel reads to what the next one reads.</param>
/// <param name="TapsY">Outer taps.</param>
/// <param name="TapsX">Inner taps.</param>
/// <param name="TapStrideY">From an outer tap to the next.</param>
/// <param name="TapStrideX">From an inner tap to the next.</param>
/// <param name="InnerK">Consecutive inputs of a tap.</param>
/// <param name="Outputs">Outputs of a pixel that this layer computes.</param>
/// <param name="OutputStride">Elements from an output pixel to the next.</param>
/// <param name="Pool">1, or 2 where pixels are pooled.</param>
internal readonly record struct TileInt8Shape(
    int Images,
    int Lines,
    int Pixels,
    int ImageStride,
    int LineStride,
    int PixelStride,
    int TapsY,
    int TapsX,
    int TapStrideY,
    int TapStrideX,
    int InnerK,
    int Outputs,
    int OutputStride,
    int Pool = 1)
{
    /// <summary>Sums of an output: 1, or 4 where pixels are pooled.</summary>
    public int Window => Pool * Pool;

    /// <summary>Where output pixel <paramref name="pixel"/> starts to read.</summary>
    public nint InputOffset(int pixel)
    {
        int line = pixel / Pixels;
        int image = line / Lines;
        return ((nint)image * ImageStride) + ((nint)(line - (image * Lines)) * LineStride) + ((nint)(pixel - (line * Pixels)) * PixelStride);
    }
}
