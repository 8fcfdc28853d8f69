using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Scaled dot-product attention of several heads: softmax(Q K^T * scale + bias) V, with grouped heads, causal and other masks, and a cache of keys and values.
/// https://onnx.ai/onnx/operators/onnx__Attention.html
/// Versions: 23, 24 (nonpad_kv_seqlen), 25 (windows), 26, 27. Values and masks of another type are converted to that of the queries.
/// </summary>
internal sealed class Attention : FunctionOp
{
    public override IReadOnlyList<int> Versions => [23, 24, 25, 26, 27];

    public override void Expand(FunctionContext f)
    {
        var attributes = f.Attributes;
        var element = f.Type(0).Element;
        var isFlat = f.Type(0).Rank == 3;
        var (q, k, v) = isFlat
            ? (Heads.Split(f, f.Require(0), Count(attributes, "q_num_heads")), Heads.Split(f, f.Require(1), Count(attributes, "kv_num_heads")), Heads.Split(f, f.Require(2), Count(attributes, "kv_num_heads")))
            : (f.Require(0), f.Require(1), f.Require(2));
        var presentKey = f.Input(4) is { } pastKey ? f.Add("Concat", Attributes.Of(("axis", 2)), pastKey, k) : k;
        var presentValue = f.Input(5) is { } pastValue ? f.Add("Concat", Attributes.Of(("axis", 2)), pastValue, v) : v;
        f.Output(1, presentKey);
        f.Output(2, presentValue);

        var bias = Bias(f, q, presentKey, element);
        var keys = f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 1, 3, 2])), Heads.Repeat(f, presentKey, q));
        var scores = f.Add("MatMul", f.Add("Mul", q, Heads.Scale(f, q)), keys);
        var mode = attributes.Int("qk_matmul_output_mode", 0);
        f.Output(3, scores);
        if (attributes.Get("softcap", 0f) is var cap and > 0)
        {
            var limit = f.Scalar(cap, element);
            scores = f.Add("Mul", f.Add("Tanh", f.Add("Div", scores, limit)), limit);
        }

        if (mode == 1)
        {
            f.Output(3, scores);
        }

        scores = bias is null ? scores : f.Add("Add", scores, bias);
        if (mode == 2)
        {
            f.Output(3, scores);
        }

        var precision = (ElementType)attributes.Get("softmax_precision", (long)element);
        var weights = Cast(f, f.Add("Softmax", Cast(f, scores, precision)), element);
        if (bias is not null)
        {
            // A query that may see nothing gets nothing.
            var largest = f.Add("ReduceMax", bias, f.Constant(-1L));
            weights = f.Add("Where", f.Add("Equal", largest, f.Scalar(double.NegativeInfinity, element)), f.Scalar(0, element), weights);
        }

        if (mode == 3)
        {
            f.Output(3, weights);
        }

        var y = f.Add("MatMul", weights, Heads.Repeat(f, Cast(f, presentValue, element), q));
        f.Output(0, isFlat ? Heads.Join(f, y) : y);
    }

    private static long Count(Attributes attributes, string name) => attributes.Require<long>(name);

    private static Value Cast(FunctionContext f, Value value, ElementType to) => value.Type.Element == to ? value : f.Add("Cast", Attributes.Of(("to", (long)to)), value);

    // What is added to the scores: 0 where a query sees a key, minus infinity where it does not.
    private static Value? Bias(FunctionContext f, Value q, Value keys, ElementType element)
    {
        var hidden = f.Scalar(double.NegativeInfinity, element);
        var seen = f.Scalar(0, element);
        var (queries, length) = (Size(f, q, 2), Size(f, keys, 2));
        Value? bias = null;
        void Restrict(Value more) => bias = bias is null ? more : f.Add("Add", bias, more);
        Value Visible(Value condition) => f.Add("Where", condition, seen, hidden);
        if (f.Input(3) is { } mask)
        {
            var missing = keys.Type[2] - mask.Type[mask.Type.Rank - 1];
            var isBool = mask.Type.Element == ElementType.Bool;
            mask = isBool ? Visible(mask) : Cast(f, mask, element);
            if (!missing.Equals(Dim.Zero))
            {
                var pads = f.Add("Concat", Attributes.Of(("axis", 0)), f.Constant(0L), f.Add("Unsqueeze", f.Add("Sub", length, Size(f, mask, mask.Type.Rank - 1)), f.Constant(0L)));
                mask = f.Add("Pad", mask, pads, hidden, f.Constant(mask.Type.Rank - 1));
            }

            Restrict(mask);
        }

        var positions = f.Add("Range", f.Constant(Tensor.Scalar(0L)), length, f.Constant(Tensor.Scalar(1L)));
        var (left, right) = (f.Attributes.Get("left_window_size", -1L), f.Attributes.Get("right_window_size", -1L));
        if (left < -1 || right < -1)
        {
            throw new OperatorException($"windows of {left} and {right} positions are not defined");
        }

        if (f.Attributes.Flag("is_causal") || left >= 0 || right >= 0)
        {
            // Where each query stands among the keys.
            var rows = f.Add("Unsqueeze", f.Add("Range", f.Constant(Tensor.Scalar(0L)), queries, f.Constant(Tensor.Scalar(1L))), f.Constant(1L));
            if (f.Input(4) is { } past)
            {
                rows = f.Add("Add", rows, Size(f, past, 2));
            }
            else if (f.Input(6) is { } valid)
            {
                rows = f.Add("Add", rows, f.Add("Sub", f.Add("Unsqueeze", valid, f.Constant(1, 2, 3)), queries));
            }

            if (f.Attributes.Flag("is_causal"))
            {
                Restrict(Visible(f.Add("LessOrEqual", positions, rows)));
            }

            if (left >= 0)
            {
                Restrict(Visible(f.Add("GreaterOrEqual", positions, f.Add("Sub", rows, left))));
            }

            if (right >= 0)
            {
                Restrict(Visible(f.Add("LessOrEqual", positions, f.Add("Add", rows, right))));
            }
        }

        if (f.Input(6) is { } lengths)
        {
            Restrict(Visible(f.Add("Less", positions, f.Add("Unsqueeze", lengths, f.Constant(1, 2, 3)))));
        }

        return bias;
    }

    private static Value Size(FunctionContext f, Value value, int axis) => f.Add("Gather", f.ShapeOf(value), f.Constant(Tensor.Scalar((long)axis)));
}
