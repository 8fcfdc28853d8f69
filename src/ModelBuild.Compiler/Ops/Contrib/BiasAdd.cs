namespace ModelBuild.Compiler.Ops;

/// <summary>BiasAdd of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasAdd</summary>
internal sealed class BiasAdd : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Add", f.Add("Add", f.Require(0), f.Require(1)), f.Require(2)));
}
