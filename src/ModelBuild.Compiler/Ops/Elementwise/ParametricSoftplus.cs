namespace ModelBuild.Compiler.Ops;

/// <summary>y = alpha * log(1 + e^(beta * x)). An experimental operator of ONNX before operator set 8.</summary>
internal sealed class ParametricSoftplus : FunctionOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Mul", f.Add("Softplus", f.Add("Mul", f.Require(0), f.Attributes.Get("beta", 1f))), f.Attributes.Get("alpha", 1f)));
}
