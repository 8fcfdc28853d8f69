using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The activation that ONNX Runtime's fused layers apply: attribute activation. Convolutions list its parameters in activation_params, Gemm has activation_alpha and
/// activation_beta.
/// </summary>
internal static class FusedActivation
{
    /// <summary>The value after the activation.</summary>
    public static Value Apply(FunctionContext f, Value x)
    {
        var parameters = f.Attributes.Get<float[]>("activation_params", []);
        float Parameter(int index, float otherwise) => index < parameters.Length ? parameters[index] : f.Attributes.Get(index == 0 ? "activation_alpha" : "activation_beta", otherwise);
        var name = f.Attributes.Get("activation", string.Empty);
        return name switch
        {
            "" => x,
            "LeakyRelu" => f.Add(name, Attributes.Of(("alpha", Parameter(0, 0.01f))), x),
            "Elu" or "ThresholdedRelu" => f.Add(name, Attributes.Of(("alpha", Parameter(0, 1))), x),
            "HardSigmoid" => f.Add(name, Attributes.Of(("alpha", Parameter(0, 0.2f)), ("beta", Parameter(1, 0.5f))), x),
            "Clip" => f.Add(name, x, f.Number(Parameter(0, float.MinValue), x), f.Number(Parameter(1, float.MaxValue), x)),
            "Relu" or "Sigmoid" or "Tanh" or "HardSwish" or "Softplus" or "Softsign" => f.Add(name, x),
            _ => throw OperatorException.Unsupported($"the activation {name} is not supported"),
        };
    }
}
