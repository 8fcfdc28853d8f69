namespace ModelBuild.Compiler.Ops;

/// <summary>BiasGelu of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasGelu</summary>
internal sealed class BiasGelu : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Gelu", f.Add("Add", f.Require(0), f.Require(1))));
}
