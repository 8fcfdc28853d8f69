using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>FastGelu of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FastGelu</summary>
internal sealed class FastGelu : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Gelu", Attributes.Of(("approximate", "tanh")), f.Input(1) is { } bias ? f.Add("Add", f.Require(0), bias) : f.Require(0)));
}
