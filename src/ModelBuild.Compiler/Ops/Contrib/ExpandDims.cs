namespace ModelBuild.Compiler.Ops;

/// <summary>ExpandDims of ONNX Runtime. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.ExpandDims</summary>
internal sealed class ExpandDims : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Unsqueeze", f.Require(0), DynamicAxes.Vector(f, f.Require(1))));
}
