namespace ModelBuild.Compiler.Ops;

/// <summary>Trilu of ONNX. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Trilu</summary>
internal sealed class MsTrilu : ContribOp
{
    public override string Name => "Trilu";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Trilu", f.Attributes, f.Require(0), f.Input(1)));
}
