using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The pooling that the pass FuseMaxPool makes part of an NHWC convolution: attribute pool, 2 where only the largest of each 2x2 outputs is wanted.</summary>
internal static class ConvPooling
{
    private const string Name = "pool";

    /// <summary>Rows and columns that become one.</summary>
    public static int Of(Attributes attributes) => attributes.Int(Name, 1);

    /// <summary>The attributes of a convolution whose output is pooled.</summary>
    public static Attributes With(Attributes attributes, int pool) => attributes.With(Name, (long)pool);

    /// <summary>The type of the output.</summary>
    public static Dim[] Output(Attributes attributes, Dim batch, Window window, Dim channels) =>
        [batch, Dim.FloorDiv(window.Output[0], Of(attributes)), Dim.FloorDiv(window.Output[1], Of(attributes)), channels];
}
