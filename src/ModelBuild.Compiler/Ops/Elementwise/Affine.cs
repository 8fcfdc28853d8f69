namespace ModelBuild.Compiler.Ops;

/// <summary>y = alpha * x + beta. An experimental operator of ONNX before operator set 8.</summary>
internal sealed class Affine : FunctionOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Add", f.Add("Mul", f.Require(0), f.Scalar(f.Attributes.Get("alpha", 1f))), f.Scalar(f.Attributes.Get("beta", 0f))));
}
