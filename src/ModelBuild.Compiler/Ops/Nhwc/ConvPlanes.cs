using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The layout of an NHWC convolution's input where the pass PadFromPlanes has changed it: attribute planes, 1 where the input is NCHW and is put together to pixels
/// as it is padded.
/// </summary>
internal static class ConvPlanes
{
    private const string Name = "planes";

    /// <summary>Whether the input is NCHW.</summary>
    public static bool Of(Attributes attributes) => attributes.Flag(Name);

    /// <summary>The attributes of a convolution whose input is NCHW.</summary>
    public static Attributes With(Attributes attributes) => attributes.With(Name, 1L);

    /// <summary>The input's shape as NHWC.</summary>
    public static TensorType Pixels(Attributes attributes, TensorType x) => Of(attributes) ? x.With(x[0], x[2], x[3], x[1]) : x;
}
