using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention of several heads from projected queries, keys and values on; these may be packed into one or two tensors.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MultiHeadAttention
/// Rejected: a cache that goes through beams.
/// </summary>
internal sealed class MultiHeadAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Input(9) is not null)
        {
            throw OperatorException.Unsupported("a cache that goes through beams is not supported");
        }

        var heads = f.Attributes.Require<long>("num_heads");
        var (q, k, v) = Parts(f);
        if (f.Input(3) is { } bias)
        {
            // All biases one after the other; keys and values that come from a cache have theirs already.
            long Size(Value value) => value.Type.Rank == 3 ? value.Type[2].Constant : heads * value.Type[3].Constant;
            var parts = f.AddAll("Split", 3, Attributes.Of(("axis", 0)), bias, f.Constant(Size(q), Size(k), Size(v)));
            Value Biased(Value value, Value part) => value.Type.Rank == 3 ? f.Add("Add", value, part) : value;
            (q, k, v) = (Biased(q, parts[0]), Biased(k, parts[1]), Biased(v, parts[2]));
        }

        Value Divided(Value value) => value.Type.Rank == 3 ? Heads.Split(f, value, heads) : value;
        var results = MultiHead.Compute(f, Divided(q), Divided(k), Divided(v), f.Input(6), f.Input(7), f.Input(4), f.Input(5), f.Input(8));
        f.Output(0, Heads.Join(f, results[0]));
        f.Output(1, results[1]);
        f.Output(2, results[2]);
        f.Output(3, results[3]);
    }

    // Queries, keys and values as [batch, length, heads * size], or as [batch, heads, length, size] where they come from a cache.
    private static (Value Q, Value K, Value V) Parts(FunctionContext f)
    {
        // [batch, length, heads, parts, size]
        Value[] Unpacked(Value packed, int parts) =>
            [.. Enumerable.Range(0, parts).Select(part => f.Add("Reshape", f.Add("Gather", Attributes.Of(("axis", 3)), packed, f.Constant(Tensor.Scalar((long)part))), f.Constant(0, 0, -1)))];
        if (f.Input(1) is not { } key)
        {
            var all = f.Type(0).Rank == 5 ? Unpacked(f.Require(0), 3) : throw new OperatorException($"queries {f.Type(0)} have no keys and values packed into them");
            return (all[0], all[1], all[2]);
        }

        if (f.Input(2) is { } value)
        {
            return (f.Require(0), key, value);
        }

        var both = key.Type.Rank == 5 ? Unpacked(key, 2) : throw new OperatorException($"keys {key.Type} have no values packed into them");
        return (f.Require(0), both[0], both[1]);
    }
}
