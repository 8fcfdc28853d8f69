using System;
using System.Collections.Generic;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention whose scores and probabilities pass through graphs of the model. https://onnx.ai/onnx/operators/onnx_aionnxpreview_FlexAttention.html
/// Versions: 1.
/// </summary>
internal sealed class FlexAttention : ControlFlowOp
{
    public override string Domain => "ai.onnx.preview";

    public override IReadOnlyList<Value?> Import(ControlFlowImporter node)
    {
        var (q, k, v) = (node.Require(0), node.Require(1), node.Require(2));
        var element = q.Type.Element;
        var groups = Heads.Groups(q, k);
        Value Constant(params long[] values) => Value.Of("constant", Tensor.Vector(values));
        Value Cast(Value value, ElementType to) => value.Type.Element == to ? value : node.Add("Cast", Attributes.Of(("to", (long)to)), value);
        Value Sizes(Value x, long from, long to) => node.Add("Slice", Attributes.None, node.Add("Shape", Attributes.None, x), Constant(from), Constant(to));
        Value Repeat(Value x) => groups == 1 ? x : node.Add(
            "Reshape", Attributes.None, node.Add("Expand", Attributes.None, node.Add("Unsqueeze", Attributes.None, x, Constant(2)), Constant(1, 1, groups, 1, 1)),
            node.Add("Concat", Attributes.Of(("axis", 0)), Sizes(x, 0, 1), Constant(x.Type[1].Constant * groups), Sizes(x, 2, 4)));
        Value Through(string graph, Value value) => node.Has(graph) ? node.Inline(graph, [value])[0]! : value;

        Value Root(Value x) => node.Add("Sqrt", Attributes.None, x);
        var root = node.Attributes.Has("scale") ? Math.Sqrt(node.Attributes.Get("scale", 1f)) : q.Type[3].IsConstant ? 1 / Math.Sqrt(Math.Sqrt(q.Type[3].Constant)) : 0;
        var scale = root > 0 ? Cast(Value.Of("scale", Tensor.Scalar((float)root)), element)
            : Cast(node.Add("Reciprocal", Attributes.None, Root(Root(Cast(Sizes(q, 3, 4), ElementType.Double)))), element);
        var keys = node.Add("Transpose", Attributes.Of(("perm", (long[])[0, 1, 3, 2])), node.Add("Mul", Attributes.None, Repeat(k), scale));
        var scores = node.Add("MatMul", Attributes.None, node.Add("Mul", Attributes.None, q, scale), keys);
        var precision = (ElementType)node.Attributes.Get("softmax_precision", (long)(element is ElementType.Float16 or ElementType.BFloat16 ? ElementType.Float : element));
        var weights = node.Add("Softmax", Attributes.None, Through("score_mod", Cast(scores, precision)));
        return [node.Add("MatMul", Attributes.None, Cast(Through("prob_mod", weights), element), Repeat(v))];
    }

    public override void Infer(InferContext context) => throw new InvalidOperationException("FlexAttention has been expanded.");

    public override void Lower(LowerContext context) => throw new InvalidOperationException("FlexAttention has been expanded.");
}
