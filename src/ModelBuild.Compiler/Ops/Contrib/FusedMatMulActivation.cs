using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>FusedMatMul, then an activation. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedMatMulActivation</summary>
internal sealed class FusedMatMulActivation : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var y = MatrixProduct.Compute(f);
        float Parameter(string name, float otherwise) => f.Attributes.Get($"activation_{name}", otherwise);
        f.Output(0, f.Attributes.Require<string>("activation") switch
        {
            "LeakyRelu" => f.Add("LeakyRelu", Attributes.Of(("alpha", Parameter("alpha", 0.01f))), y),
            "HardSigmoid" => f.Add("HardSigmoid", Attributes.Of(("alpha", Parameter("alpha", 0.2f)), ("beta", Parameter("beta", 0.5f))), y),
            "Softmax" => f.Add("Softmax", Attributes.Of(("axis", f.Attributes.Get("activation_axis", -1L))), y),
            "Elu" or "Softplus" or "Softsign" or "Relu" or "Sigmoid" or "Tanh" or "HardSwish" => f.Add(f.Attributes.Require<string>("activation"), y),
            var other => throw OperatorException.Unsupported($"the activation {other} is not supported"),
        });
    }
}
