using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The bounds that our layers apply to their output: how Relu and Clip become a part of the layer before them.</summary>
internal static class Clamp
{
    public const string Min = "min";
    public const string Max = "max";

    /// <summary>The bounds; infinite where there is none.</summary>
    public static (float Min, float Max) Of(Attributes attributes) => (attributes.Get(Min, float.NegativeInfinity), attributes.Get(Max, float.PositiveInfinity));

    public static bool IsNone(Attributes attributes) => Of(attributes) is (float.NegativeInfinity, float.PositiveInfinity);

    public static Attributes With(Attributes attributes, float min, float max) => attributes.With(Min, min).With(Max, max);
}
