using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Self-attention from the projection on: one matrix for queries, keys and values. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Attention
/// Rejected: a cache of keys and values, masks by lengths, and rotation inside.
/// </summary>
internal sealed class MsAttention : FunctionOp
{
    public override string Name => "Attention";

    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        if (f.Input(4) is not null || f.Input(6) is not null || f.Attributes.Flag("do_rotary"))
        {
            throw OperatorException.Unsupported("Attention with a cache of keys and values, or with rotation, is not supported");
        }

        var heads = f.Attributes.Require<long>("num_heads");
        var projected = f.Add("MatMul", f.Require(0), f.Require(1));
        projected = f.Input(2) is { } bias ? f.Add("Add", projected, bias) : projected;
        var sizes = f.Attributes.Ints("qkv_hidden_sizes") ?? [.. Enumerable.Repeat(f.Type(1)[1].Constant / 3, 3)];
        var parts = f.AddAll("Split", 3, Attributes.Of(("axis", -1)), projected, f.Constant(sizes));
        f.Output(0, MultiHead.Compute(f, parts[0], parts[1], parts[2], heads, f.Input(3), f.Input(5), f.Attributes.Flag("unidirectional")));
    }
}
