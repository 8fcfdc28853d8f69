using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The gates of LinearAttention: decay_scale * softplus(a + dt_bias) and sigmoid(b), in 32-bit floats. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.LinearAttentionGate</summary>
internal sealed class LinearAttentionGate : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var a = f.Require(0);
        f.Output(0, f.As(f.Add("Mul", f.Require(2), f.Add("Softplus", f.Add("Add", f.As(a, ElementType.Float), f.Require(1)))), a.Type.Element));
        if (f.Wants(1))
        {
            f.Output(1, f.As(f.Add("Sigmoid", f.As(f.Require(3), ElementType.Float)), a.Type.Element));
        }
    }
}
