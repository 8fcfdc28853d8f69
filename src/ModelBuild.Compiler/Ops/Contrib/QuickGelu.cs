using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>QuickGelu of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QuickGelu</summary>
internal sealed class QuickGelu : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Swish", Attributes.Of(("alpha", f.Attributes.Get("alpha", 1.702f))), f.Require(0)));
}
