using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention of several heads from projected queries, keys and values. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MultiHeadAttention
/// Rejected: packed projections, and a cache of keys and values.
/// </summary>
internal sealed class MultiHeadAttention : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        if (f.Type(0).Rank != 3 || f.Input(1) is not { Type.Rank: 3 } key || f.Input(2) is not { Type.Rank: 3 } value || f.Input(6) is not null)
        {
            throw OperatorException.Unsupported("MultiHeadAttention with packed projections or a cache is not supported");
        }

        var (q, k, v) = (f.Require(0), key, value);
        if (f.Input(3) is { } bias)
        {
            var hidden = q.Type[2].Constant;
            var parts = f.AddAll("Split", 3, Attributes.Of(("axis", 0)), bias, f.Constant(hidden, hidden, v.Type[2].Constant));
            (q, k, v) = (f.Add("Add", q, parts[0]), f.Add("Add", k, parts[1]), f.Add("Add", v, parts[2]));
        }

        f.Output(0, MultiHead.Compute(f, q, k, v, f.Attributes.Require<long>("num_heads"), f.Input(4), f.Input(5), f.Attributes.Flag("unidirectional")));
    }
}
