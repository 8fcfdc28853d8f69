using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A mixture of experts: each row is the sum of what the k experts with the largest probabilities give, times their probabilities; an expert is
/// activation(x fc1^T + bias) fc2^T + bias, times x fc3^T + bias between if there is a third matrix. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MoE
/// All experts are computed for all rows. Rejected: the sparse mixer, and halves of SwiGLU in separate blocks.
/// </summary>
internal sealed class MoE : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var (input, a) = (f.Require(0), f.Attributes);
        if (a.Flag("use_sparse_mixer") || f.Input(8) is not null || f.Type(1).Rank != 2 || f.Type(2) is not { Rank: 3 } weights || !weights[2].IsConstant)
        {
            throw OperatorException.Unsupported("MoE with the sparse mixer, with further inputs, or with weights of unknown size is not supported");
        }

        var x = f.Add("Unsqueeze", f.Add("Reshape", input, f.Constant(-1L, weights[2].Constant)), f.Constant(0L));
        Value Layer(Value rows, int matrix)
        {
            var product = f.Add("MatMul", rows, f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1])), f.Require(matrix)));
            return f.Input(matrix + 1) is { } bias ? f.Add("Add", product, f.Add("Unsqueeze", bias, f.Constant(1L))) : product;
        }

        var hidden = Activated(f, Layer(x, 2));
        hidden = f.Input(6) is null ? hidden : f.Add("Mul", hidden, Layer(x, 6));
        var shares = f.Add("Unsqueeze", f.Add("Transpose", Shares(f, f.Require(1))), f.Constant(2L));
        var y = f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), f.Add("Mul", Layer(hidden, 4), shares), f.Constant(0L));
        f.Output(0, f.Add("Reshape", y, f.ShapeOf(input)));
    }

    // [rows, experts]: the probabilities of the chosen ones, and 0 elsewhere.
    private static Value Shares(FunctionContext f, Value scores)
    {
        var best = f.AddAll("TopK", 2, Attributes.None, f.Add("Softmax", scores), f.Constant(f.Attributes.Get("k", 1L)));
        var chosen = f.Attributes.Flag("normalize_routing_weights") ? f.Add("Div", best[0], f.Reduce("ReduceSum", best[0], [-1])) : best[0];
        return f.Add("ScatterElements", Attributes.Of(("axis", 1)), f.Add("Expand", f.Number(0, scores), f.ShapeOf(scores)), best[1], chosen);
    }

    private static Value Activated(FunctionContext f, Value x) => f.Attributes.Get("activation_type", "relu") switch
    {
        "relu" => f.Add("Relu", x),
        "gelu" => f.Add("Gelu", x),
        "silu" => f.Add("Swish", x),
        "identity" => x,
        "swiglu" => Swiglu(f, x),
        var other => throw new OperatorException($"activation_type=\"{other}\" is not defined"),
    };

    // Gates and what they let through alternate.
    private static Value Swiglu(FunctionContext f, Value x)
    {
        if (f.Attributes.Get("swiglu_fusion", 0L) != 1)
        {
            throw OperatorException.Unsupported("SwiGLU whose halves do not alternate is not supported");
        }

        Value Every(long first) => f.Add("Slice", x, f.Constant(first), f.Constant(long.MaxValue), f.Constant(2L), f.Constant(2L));
        var (gate, linear) = (Every(0), Every(1));
        if (f.Attributes.Has("swiglu_limit"))
        {
            double limit = f.Attributes.Get("swiglu_limit", 0f);
            gate = f.Add("Min", gate, limit);
            linear = f.Add("Clip", linear, f.Number(-limit, linear), f.Number(limit, linear));
        }

        var open = f.Add("Mul", gate, f.Add("Sigmoid", f.Add("Mul", gate, f.Attributes.Get("activation_alpha", 1f))));
        return f.Add("Mul", open, f.Add("Add", linear, f.Attributes.Get("activation_beta", 0f)));
    }
}
