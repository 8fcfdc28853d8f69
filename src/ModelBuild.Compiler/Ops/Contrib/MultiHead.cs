using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What the attention operators of ONNX Runtime share.</summary>
internal static class MultiHead
{
    /// <summary>Self-attention from the projected queries, keys and values on, side by side [batch, length, all heads of each]: outputs and inputs of Attention.</summary>
    /// <param name="f">The node.</param>
    /// <param name="projected">The projections, bias included.</param>
    /// <param name="mask">See <see cref="Compute"/>.</param>
    /// <param name="past">Earlier keys and values, [2, batch, heads, length, size]; may be null.</param>
    /// <param name="bias">See <see cref="Compute"/>.</param>
    /// <param name="filled">How much of the past is filled, where it is a buffer that new keys and values are put into.</param>
    public static void SelfAttention(FunctionContext f, Value projected, Value? mask, Value? past, Value? bias, Value? filled = null)
    {
        var isBuffer = f.Attributes.Flag("past_present_share_buffer");
        if (f.Attributes.Flag("do_rotary") || (isBuffer && (filled is null || past is null)))
        {
            throw OperatorException.Unsupported("rotation inside of attention, or a cache that it changes in place without knowing its length, is not supported");
        }

        var heads = f.Attributes.Require<long>("num_heads");
        var sizes = f.Attributes.Ints("qkv_hidden_sizes") ?? [.. Enumerable.Repeat(projected.Type[2].Constant / 3, 3)];
        Value[] parts = [.. f.AddAll("Split", 3, Attributes.Of(("axis", -1)), projected, f.Constant(sizes)).Select(part => Heads.Split(f, part, heads))];
        Value? Past(long which) => past is null ? null : f.Add("Gather", past, f.Constant(Tensor.Scalar(which)));
        var results = Compute(f, parts[0], parts[1], parts[2], Past(0), Past(1), mask, bias, isBuffer ? filled : null);
        f.Output(0, Heads.Join(f, results[0]));
        if (f.Wants(1))
        {
            f.Output(1, f.Add("Concat", Attributes.Of(("axis", 0)), [.. results[1..3].Select(present => f.Add("Unsqueeze", present, f.Constant(0L)))]));
        }
    }

    /// <summary>Attention of [batch, heads, length, size] tensors; gives the result, all keys and values, and the scores before the softmax.</summary>
    /// <param name="f">The node, for its attributes scale, unidirectional and mask_filter_value.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="pastKey">Earlier keys; may be null.</param>
    /// <param name="pastValue">Earlier values; may be null.</param>
    /// <param name="mask">
    /// Positive for what is seen: [batch, keys], or with more axes as the scores have them. Or, with one axis, where the sequences end, and then, in a vector twice as long,
    /// where they begin. May be null.
    /// </param>
    /// <param name="bias">What is added to the scores; may be null.</param>
    /// <param name="filled">How much of the past is filled, where it is a buffer that new keys and values are put into: one number. Else null.</param>
    public static Value[] Compute(FunctionContext f, Value q, Value k, Value v, Value? pastKey, Value? pastValue, Value? mask, Value? bias, Value? filled = null)
    {
        if (filled is not null && pastKey is not null && pastValue is not null)
        {
            var end = f.As(f.Add("Reshape", filled, f.Constant(1L)), ElementType.Int64);
            Value Before(Value buffer) => f.Add("Slice", buffer, f.Constant(0L), end, f.Constant(2L));
            Value Put(Value buffer, Value piece) =>
                f.Add("TensorScatter", Attributes.Of(("axis", 2)), buffer, piece, f.Add("Expand", end, f.Add("Slice", f.ShapeOf(buffer), f.Constant(0L), f.Constant(1L))));
            var inside = Compute(f, q, k, v, Before(pastKey), Before(pastValue), mask, bias);
            return [inside[0], Put(pastKey, k), Put(pastValue, v), inside[3]];
        }

        var element = q.Type.Element;
        var keys = f.LengthOf(k, 2);
        keys = pastKey is null ? keys : f.Add("Add", keys, f.LengthOf(pastKey, 2));
        if (mask is not null)
        {
            // A number that is added, and no infinity: a query that sees nothing sees everything alike.
            var hidden = f.Scalar(f.Attributes.Get("mask_filter_value", -10000f), element);
            var seen = f.Add("Where", Seen(f, mask, q.Type[0], keys), f.Scalar(0, element), hidden);
            bias = bias is null ? seen : f.Add("Add", bias, seen);
        }

        var attributes = Attributes.Of(("is_causal", f.Attributes.Flag("unidirectional") ? 1 : 0));
        var scale = f.Attributes.Get("scale", 0f);
        attributes = attributes.With("qk_matmul_output_mode", 2);
        return f.AddAll("Attention", 4, scale == 0 ? attributes : attributes.With("scale", scale), q, k, v, bias, pastKey, pastValue);
    }

    // Which keys are seen, with the axes of the scores.
    private static Value Seen(FunctionContext f, Value mask, Dim batch, Value keys)
    {
        if (mask.Type.Rank == 1)
        {
            var positions = f.Counted(keys);
            Value Bounds(Value vector) => f.Add("Unsqueeze", f.As(vector, ElementType.Int64), f.Constant(1, 2, 3));
            if (mask.Type[0].Equals(batch))
            {
                return f.Add("Less", positions, Bounds(mask));
            }

            if (!mask.Type[0].Equals(batch * 2))
            {
                throw OperatorException.Unsupported($"a mask {mask.Type} for a batch of {batch} is not supported");
            }

            var parts = f.AddAll("Split", 2, Attributes.Of(("axis", 0), ("num_outputs", 2)), mask);
            return f.Add("And", f.Add("Less", positions, Bounds(parts[0])), f.Add("GreaterOrEqual", positions, Bounds(parts[1])));
        }

        IReadOnlyList<long> missing = mask.Type.Rank switch
        {
            2 => [1, 2],
            3 => [1],
            4 => [],
            _ => throw new OperatorException($"a mask {mask.Type} has no place among scores of four axes"),
        };
        var whole = missing.Count == 0 ? mask : f.Add("Unsqueeze", mask, f.Constant(missing));
        return whole.Type.Element == ElementType.Bool ? whole : f.Add("Greater", whole, f.Number(0, whole));
    }
}
