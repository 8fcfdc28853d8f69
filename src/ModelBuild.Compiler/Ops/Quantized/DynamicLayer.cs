using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>The constants of a layer whose input is quantized at run time.</summary>
internal static class DynamicLayer
{
    public static (Value Weights, Value Sums, Value Bias, Value Scales) Constants(LowerContext context, sbyte[] weights, int[] sums, float[] bias, float[] scales, string note) => (
        context.Constant(Tensor.Of<sbyte>(weights, weights.Length), "weight", note),
        context.Constant(Tensor.Of<int>(sums, sums.Length), "sum", "sums of the weights"),
        context.Constant(Tensor.Of<float>(bias, bias.Length), "bias", string.Empty),
        context.Constant(Tensor.Of<float>(scales, scales.Length), "scale", string.Empty));
}
