using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention of one query with the projection of queries, keys and values by one matrix. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DecoderMaskedSelfAttention
/// Rejected: rotation, and beams.
/// </summary>
internal sealed class DecoderMaskedSelfAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Input(8) is not null)
        {
            throw OperatorException.Unsupported("a cache that goes through beams is not supported");
        }

        var projected = f.Add("Add", f.Add("MatMul", f.Require(0), f.Require(1)), f.Require(2));
        MultiHead.SelfAttention(f, projected, f.Input(3), f.Input(4), f.Input(5), f.Input(6));
    }
}
