using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The attention of ONNX Runtime's fused operators.</summary>
internal static class MultiHead
{
    /// <summary>Attention of [batch, length, hidden] tensors.</summary>
    /// <param name="f">The node.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="mask">1 for what is seen: [batch, keys], or with more axes as scores have them; may be null.</param>
    /// <param name="bias">What is added to the scores; may be null.</param>
    /// <param name="isCausal">Whether a query sees what comes before it alone.</param>
    public static Value Compute(FunctionContext f, Value q, Value k, Value v, long heads, Value? mask, Value? bias, bool isCausal)
    {
        var element = q.Type.Element;
        Value? seen = null;
        if (mask is not null)
        {
            if (mask.Type.Rank < 2)
            {
                throw OperatorException.Unsupported("attention with a mask of lengths is not supported");
            }

            var hidden = f.Scalar(f.Attributes.Get("mask_filter_value", -10000f), element);
            var whole = mask.Type.Rank == 2 ? f.Add("Unsqueeze", mask, f.Constant(1, 2)) : mask.Type.Rank == 3 ? f.Add("Unsqueeze", mask, f.Constant(1L)) : mask;
            seen = f.Add("Where", f.Add("Cast", Attributes.Of(("to", (long)ElementType.Bool)), whole), f.Scalar(0, element), hidden);
        }

        seen = bias is null ? seen : seen is null ? bias : f.Add("Add", seen, bias);
        var attributes = Attributes.Of(("q_num_heads", heads), ("kv_num_heads", heads), ("is_causal", isCausal ? 1 : 0));
        var scale = f.Attributes.Get("scale", 0f);
        return f.Add("Attention", scale == 0 ? attributes : attributes.With("scale", scale), q, k, v, seen);
    }
}
