using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention without softmax, as a recurrence over a matrix for each head. https://onnx.ai/onnx/operators/onnx__LinearAttention.html
/// Versions: 27. Rules: linear, gated, delta, gated_delta.
/// </summary>
internal sealed class LinearAttention : FunctionOp
{
    public override IReadOnlyList<int> Versions => [26, 27];

    public override void Expand(FunctionContext f)
    {
        var a = f.Attributes;
        var element = f.Type(0).Element;
        var rule = a.Get("update_rule", "gated_delta");
        if (rule is not ("linear" or "gated" or "delta" or "gated_delta"))
        {
            throw new OperatorException($"update_rule=\"{rule}\" is none of linear, gated, delta and gated_delta");
        }

        Value? Wide(int input) => f.Input(input) is { } value ? value.Type.Element == ElementType.Float ? value : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), value) : null;
        Value Narrow(Value value) => element == ElementType.Float ? value : f.Add("Cast", Attributes.Of(("to", (long)element)), value);
        var (query, scale) = (Wide(0)!, a.Get("scale", 0f));
        if (scale == 0 && !query.Type[-1].IsConstant)
        {
            // The size of a head is known when it runs.
            var size = f.Add("Div", f.As(f.Add("Gather", f.ShapeOf(query), f.Constant(Tensor.Scalar(-1L))), ElementType.Float), a.Require<long>("q_num_heads"));
            (query, scale) = (f.Add("Div", query, f.Add("Sqrt", size)), 1);
        }

        var attributes = Attributes.Of(("q_num_heads", a.Require<long>("q_num_heads")), ("kv_num_heads", a.Require<long>("kv_num_heads")), ("scale", scale));
        var results = f.AddAll(
            $"{OwnDomain}.{nameof(LinearAttentionSteps)}", 2, attributes, query, Wide(1), Wide(2), rule.StartsWith("gated", StringComparison.Ordinal) ? Wide(4) : null,
            rule.EndsWith("delta", StringComparison.Ordinal) ? Wide(5) : null, Wide(3));
        f.Output(0, Narrow(results[0]));
        f.Output(1, Narrow(results[1]));
    }
}
