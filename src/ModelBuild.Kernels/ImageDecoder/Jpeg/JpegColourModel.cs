namespace ModelBuild.Kernels;

/// <summary>What the components of a JPEG image are.</summary>
internal enum JpegColourModel
{
    Gray,
    YCbCr,
    Rgb,
    Cmyk,
    Ycck,
}
