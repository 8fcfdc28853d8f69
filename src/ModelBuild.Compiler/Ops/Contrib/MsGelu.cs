namespace ModelBuild.Compiler.Ops;

/// <summary>Gelu of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Gelu</summary>
internal sealed class MsGelu : FunctionOp
{
    public override string Name => "Gelu";

    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Gelu", f.Require(0)));
}
