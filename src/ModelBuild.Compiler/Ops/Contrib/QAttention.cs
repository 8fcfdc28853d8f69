using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Self-attention with the projection of quantized inputs by a quantized matrix. The product is that of the numbers that they stand for.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QAttention
/// Rejected: rotation, and a cache that is changed in place.
/// </summary>
internal sealed class QAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var x = f.Add("DequantizeLinear", f.Require(0), f.One(f.Require(3)), f.Input(6) is { } zero ? f.One(zero) : null);
        var weights = f.Add("DequantizeLinear", Attributes.Of(("axis", 1)), f.Require(1), f.One(f.Require(4)), f.Input(7) is { } weightZero ? f.One(weightZero) : null);
        MultiHead.SelfAttention(f, f.Add("Add", f.Add("MatMul", x, weights), f.Require(2)), f.Input(5), f.Input(8), null);
    }
}
