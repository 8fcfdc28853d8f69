using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Operators on quantized tensors by their definition: dequantized, computed, quantized again. The passes make operators on bytes of the pattern.</summary>
internal static class Requantized
{
    /// <summary>The numbers that a quantized input stands for; the scale and the zero point follow it.</summary>
    public static Value Real(FunctionContext f, int input, int scale, int zero, int axis = 1) =>
        f.Add("DequantizeLinear", Attributes.Of(("axis", axis)), f.Require(input), Parameter(f.Require(scale)), f.Input(zero) is { } point ? Parameter(point) : null);

    /// <summary>The quantized form of numbers.</summary>
    public static Value Quantized(FunctionContext f, Value real, int scale, int zero) =>
        f.Add("QuantizeLinear", real, Parameter(f.Require(scale)), f.Input(zero) is { } point ? Parameter(point) : null);

    // One parameter in a vector is one for the whole tensor.
    private static Value Parameter(Value value) => value.Constant is { Length: 1, Dims.Count: > 0 } constant ? Value.Of(value.Name, constant.Reshaped()) : value;
}
