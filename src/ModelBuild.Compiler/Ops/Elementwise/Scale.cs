namespace ModelBuild.Compiler.Ops;

/// <summary>y = scale * x. An experimental operator of ONNX before operator set 8.</summary>
internal sealed class Scale : FunctionOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Mul", f.Require(0), f.Attributes.Get("scale", 1f)));
}
