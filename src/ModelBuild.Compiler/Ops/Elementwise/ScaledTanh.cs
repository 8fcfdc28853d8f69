namespace ModelBuild.Compiler.Ops;

/// <summary>y = alpha * tanh(beta * x). An experimental operator of ONNX before operator set 8.</summary>
internal sealed class ScaledTanh : FunctionOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Mul", f.Add("Tanh", f.Add("Mul", f.Require(0), f.Attributes.Get("beta", 1f))), f.Attributes.Get("alpha", 1f)));
}
