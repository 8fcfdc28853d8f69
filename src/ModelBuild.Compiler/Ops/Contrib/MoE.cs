using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A mixture of experts: each row is the sum of what the k experts with the largest probabilities give, times their probabilities; an expert is
/// activation(x fc1^T + bias) fc2^T + bias, times x fc3^T + bias between if there is a third matrix. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MoE
/// All experts are computed for all rows. Rejected: the sparse mixer.
/// </summary>
internal sealed class MoE : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Attributes.Flag("use_sparse_mixer") || f.Input(8) is not null || f.Type(1).Rank != 2 || f.Type(2) is not { Rank: 3 } weights || !weights[2].IsConstant)
        {
            throw OperatorException.Unsupported("MoE with the sparse mixer, with further inputs, or with weights of unknown size is not supported");
        }

        Value Layer(Value rows, int number)
        {
            var matrix = number * 2;
            var product = f.Add("MatMul", rows, f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1])), f.Require(matrix)));
            return f.Input(matrix + 1) is { } bias ? f.Add("Add", product, f.Add("Unsqueeze", bias, f.Constant(1L))) : product;
        }

        f.Output(0, new Experts(f, Layer, f.Input(6) is not null).Mixed(weights[2].Constant, Shares(f, f.Require(1))));
    }

    // [rows, experts]: the probabilities of the chosen ones, and 0 elsewhere.
    private static Value Shares(FunctionContext f, Value scores)
    {
        var best = f.AddAll("TopK", 2, Attributes.None, f.Add("Softmax", scores), f.Constant(f.Attributes.Get("k", 1L)));
        var chosen = f.Attributes.Flag("normalize_routing_weights") ? f.Add("Div", best[0], f.Reduce("ReduceSum", best[0], [-1])) : best[0];
        return Experts.Scattered(f, scores, best[1], chosen);
    }
}
