using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum of two quantized tensors as a quantized tensor. Attributes a_scale, a_zero, b_scale, b_zero, sum_scale, sum_zero, and sum_min and sum_max, the bounds of
/// the real sum.
/// </summary>
internal static class QuantizedAdd
{
    public static Attributes With(Attributes attributes, QuantizationParameters a, QuantizationParameters b, QuantizationParameters sum, (float Min, float Max) bounds) => attributes
        .With("a_scale", a.Scale).With("a_zero", (long)a.ZeroPoint)
        .With("b_scale", b.Scale).With("b_zero", (long)b.ZeroPoint)
        .With("sum_scale", sum.Scale).With("sum_zero", (long)sum.ZeroPoint)
        .With("sum_min", bounds.Min).With("sum_max", bounds.Max);

    /// <summary>The struct of the kernels.</summary>
    public static ResidualAdd Of(Attributes attributes)
    {
        var scale = attributes.Require<float>("sum_scale");
        var bounds = Attributes.Of(("y_scale", scale), ("y_zero", attributes.Require<long>("sum_zero")), (Clamp.Min, attributes.Require<float>("sum_min")), (Clamp.Max, attributes.Require<float>("sum_max")));
        var quantized = LayerQuantization.Bounds(bounds);
        return new ResidualAdd(
            attributes.Require<float>("a_scale") / scale, attributes.Int("a_zero", 0), attributes.Require<float>("b_scale") / scale, attributes.Int("b_zero", 0),
            quantized.ZeroPoint, quantized.Min, quantized.Max);
    }
}
