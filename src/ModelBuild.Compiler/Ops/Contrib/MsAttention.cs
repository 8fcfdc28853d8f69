namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Self-attention with the projection of queries, keys and values by one matrix.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Attention
/// Rejected: rotation.
/// </summary>
internal sealed class MsAttention : ContribOp
{
    public override string Name => "Attention";

    public override void Expand(FunctionContext f)
    {
        var projected = f.Add("MatMul", f.Require(0), f.Require(1));
        projected = f.Input(2) is { } bias ? f.Add("Add", projected, bias) : projected;
        MultiHead.SelfAttention(f, projected, f.Input(3), f.Input(4), f.Input(5), f.Input(6));
    }
}
