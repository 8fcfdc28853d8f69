namespace ModelBuild.Compiler.Ops;

/// <summary>x + y * gate. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GatedAdd</summary>
internal sealed class GatedAdd : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Add", f.Require(0), f.Add("Mul", f.Require(1), f.Require(2))));
}
