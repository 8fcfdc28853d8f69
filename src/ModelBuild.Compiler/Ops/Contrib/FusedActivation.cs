using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The activation that ONNX Runtime's fused layers apply: attribute activation and its parameters.</summary>
internal static class FusedActivation
{
    /// <summary>The value after the activation.</summary>
    public static Value Apply(FunctionContext f, Value x)
    {
        var parameters = f.Attributes.Get<float[]>("activation_params", []);
        float Parameter(int index, float otherwise) => index < parameters.Length ? parameters[index] : otherwise;
        return f.Attributes.Get("activation", string.Empty) switch
        {
            "" => x,
            "LeakyRelu" => f.Add("LeakyRelu", Attributes.Of(("alpha", Parameter(0, f.Attributes.Get("leaky_relu_alpha", 0.01f)))), x),
            "HardSigmoid" => f.Add("HardSigmoid", Attributes.Of(("alpha", Parameter(0, 0.2f)), ("beta", Parameter(1, 0.5f))), x),
            "Clip" => f.Add("Clip", x, f.Scalar(Parameter(0, float.MinValue)), f.Scalar(Parameter(1, float.MaxValue))),
            "Relu" or "Sigmoid" or "Tanh" or "HardSwish" => f.Add(f.Attributes.Require<string>("activation"), x),
            var other => throw OperatorException.Unsupported($"the activation {other} is not supported"),
        };
    }
}
