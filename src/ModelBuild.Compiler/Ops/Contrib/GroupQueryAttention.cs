using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Causal attention whose heads of queries share heads of keys and values in groups, with a cache that sequences of several lengths are appended to.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupQueryAttention
/// Where the cache is longer than the sequences are, it stays as long: new keys take the place of what stands behind the end of each sequence. Rejected: quantized
/// caches, caches of a window, and scores as an output.
/// </summary>
internal sealed class GroupQueryAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Input(12) is not null || f.Input(13) is not null || f.Attributes.Flag("sliding_window_cache") || f.Wants(3))
        {
            throw OperatorException.Unsupported("GroupQueryAttention with a cache that is quantized or of a window, or with scores as an output, is not supported");
        }

        var (heads, groups) = (f.Attributes.Require<long>("num_heads"), f.Attributes.Require<long>("kv_num_heads"));
        if (heads < 1 || groups < 1 || heads % groups != 0)
        {
            throw new OperatorException($"{heads} heads of queries cannot share {groups} heads of keys");
        }

        var (q, k, v) = Parts(f, heads, groups);
        (q, k) = (Normalized(f, q, 14), Normalized(f, k, 15));

        // Where the new keys stand: at the end of each sequence, and at its beginning where there is nothing yet.
        var count = f.LengthOf(q, 1);
        var totals = f.Add("Add", f.As(f.Add("Reshape", f.Require(5), f.Constant(-1L)), ElementType.Int64), f.Constant(Tensor.Scalar(1L)));
        var starts = f.Add("Max", f.Add("Sub", totals, count), f.Constant(Tensor.Scalar(0L)));
        var positions = f.Add("Add", f.Add("Unsqueeze", starts, f.Constant(1L)), f.Counted(count));
        if (f.Attributes.Flag("do_rotary"))
        {
            var rotated = f.Type(7)[1].Constant * 2;
            Value Rotated(Value x) => RotaryEmbedding.Rotate(f, x, f.Require(7), f.Require(8), f.Input(9) ?? positions, rotated, f.Attributes.Flag("rotary_interleaved"));
            (q, k) = (Rotated(q), Rotated(k));
        }

        Value ByHeads(Value x) => f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), x);
        var growth = Growth(f, f.Input(3));
        var (keys, values) = (Present(f, f.Input(3), growth, ByHeads(k), starts), Present(f, f.Input(4), growth, ByHeads(v), starts));
        f.Output(1, keys);
        f.Output(2, values);

        var scores = Scores(f, ByHeads(q), keys, groups, heads / groups);
        var seen = f.Add("Unsqueeze", Seen(f, positions, totals, f.LengthOf(keys, 2)), f.Constant(1, 2));
        var weights = Weights(f, f.Add("Where", seen, scores, f.Number(double.NegativeInfinity, scores)), groups, heads / groups);
        var y = f.Add("MatMul", weights, f.Add("Unsqueeze", values, f.Constant(2L)));
        f.Output(0, f.Add("Reshape", f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 3, 1, 2, 4])), y), f.Constant(0, 0, -1)));
    }

    // Queries, keys and values as [batch, length, heads, size]; without keys, all are packed into the queries.
    private static (Value Q, Value K, Value V) Parts(FunctionContext f, long heads, long groups)
    {
        Value Divided(Value value, long count) => f.Add("Reshape", value, f.Constant(0, 0, count, -1));
        if (f.Input(1) is { } key)
        {
            return (Divided(f.Require(0), heads), Divided(key, groups), Divided(f.Require(2), groups));
        }

        var size = f.Type(0)[2].Constant / (heads + (2 * groups));
        var parts = f.AddAll("Split", 3, Attributes.Of(("axis", -1)), f.Require(0), f.Constant(heads * size, groups * size, groups * size));
        return (Divided(parts[0], heads), Divided(parts[1], groups), Divided(parts[2], groups));
    }

    private static Value Normalized(FunctionContext f, Value x, int weight) => f.Input(weight) is { } scale
        ? f.Add("RMSNormalization", Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("qk_norm_epsilon", 1e-6f))), x, scale)
        : x;

    // The cache with the new piece in it, as long as the longest sequence, or as it was before.
    private static Value Present(FunctionContext f, Value? past, Value? growth, Value piece, Value starts)
    {
        if (past is null || growth is null)
        {
            return piece;
        }

        var shape = f.ShapeOf(past);
        var more = f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", shape, f.Constant(0L), f.Constant(2L)), growth, f.Add("Slice", shape, f.Constant(3L), f.Constant(4L)));
        var space = f.Add("Concat", Attributes.Of(("axis", 2)), past, f.Add("Expand", f.Number(0, past), more));
        return f.Add("TensorScatter", Attributes.Of(("axis", 2)), space, piece, starts);
    }

    // By how much the cache grows: a size that a run decides, and that keys and values have in common.
    private static Value? Growth(FunctionContext f, Value? past)
    {
        if (past is null)
        {
            return null;
        }

        var total = f.As(f.Add("Reshape", f.Require(6), f.Constant(1L)), ElementType.Int64);
        var missing = f.Add("Max", f.Add("Sub", total, f.LengthOf(past, 2)), f.Constant(Tensor.Scalar(0L)));
        return f.ShapeOf(f.Add("Expand", f.Constant(Tensor.Scalar(0L)), missing));
    }

    // [batch, groups, heads of a group, length, keys]: the keys of a group are multiplied by all its queries.
    private static Value Scores(FunctionContext f, Value queries, Value keys, long groups, long each)
    {
        var size = queries.Type[3].Constant;
        var scale = f.Attributes.Get("scale", 0f) is var given && given != 0 ? given : 1 / Math.Sqrt(size);
        var divided = f.Add("Reshape", f.Add("Mul", queries, scale), f.Constant(0, groups, each, -1, size));
        var scores = f.Add("MatMul", divided, f.Add("Unsqueeze", f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 1, 3, 2])), keys), f.Constant(2L)));
        if (f.Attributes.Get("softcap", 0f) is var cap and > 0)
        {
            scores = f.Add("Mul", f.Add("Tanh", f.Add("Div", scores, cap)), cap);
        }

        if (f.Input(10) is not { } bias)
        {
            return scores;
        }

        // A bias has an axis for all heads, or for none.
        var shape = f.ShapeOf(bias);
        Value heads = bias.Type[1].Equals(Dim.One) ? f.Constant(1, 1) : f.Constant(groups, each);
        var divisions = f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", shape, f.Constant(0L), f.Constant(1L)), heads, f.Add("Slice", shape, f.Constant(2L), f.Constant(4L)));
        return f.Add("Add", scores, f.Add("Reshape", bias, divisions));
    }

    // [batch, length, keys]: a query sees what comes before it, in its window, and nothing behind the end of the sequence.
    private static Value Seen(FunctionContext f, Value positions, Value totals, Value length)
    {
        var keys = f.Counted(length);
        if (!f.Attributes.Flag("causal", true))
        {
            return f.Add("Less", keys, f.Add("Unsqueeze", totals, f.Constant(1, 2)));
        }

        var at = f.Add("Unsqueeze", positions, f.Constant(2L));
        var seen = f.Add("LessOrEqual", keys, at);
        return f.Attributes.Get("local_window_size", -1L) is var window and > 0
            ? f.Add("And", seen, f.Add("Greater", keys, f.Add("Sub", at, f.Constant(Tensor.Scalar(window)))))
            : seen;
    }

    // Softmax; where there is a sink, with one more score that counts and is thrown away.
    private static Value Weights(FunctionContext f, Value scores, long groups, long each)
    {
        var sink = f.Input(11);
        if (sink is null && !f.Attributes.Flag("smooth_softmax"))
        {
            return f.Add("Softmax", scores);
        }

        var head = sink is null ? f.Number(0, scores) : f.Add("Reshape", sink, f.Constant(1, groups, each, 1, 1));
        var shape = f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", f.ShapeOf(scores), f.Constant(0L), f.Constant(4L)), f.Constant(1L));
        var all = f.Add("Softmax", f.Add("Concat", Attributes.Of(("axis", -1)), f.Add("Expand", head, shape), scores));
        return f.Add("Slice", all, f.Constant(1L), f.Constant(long.MaxValue), f.Constant(-1L));
    }
}
