using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A mixture of experts, see <see cref="MoE"/>, whose matrices are integers of few bits, with a scale and a zero point for each row or block of it.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QMoE
/// Rejected: the sparse mixer, weights that are floats of 4 or 8 bits, and layouts that a processor wants.
/// </summary>
internal sealed class QMoE : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var a = f.Attributes;
        var bits = a.Get("expert_weight_bits", 4L);
        if (a.Flag("use_sparse_mixer") || a.Get("quant_type", "int") != "int" || a.Get("weights_prepacked", -1L) == 1 || f.Type(1).Rank != 2 || bits is not (2 or 4 or 8)
            || Enumerable.Range(15, 6).Any(input => f.Input(input) is not null))
        {
            throw OperatorException.Unsupported("QMoE with the sparse mixer, or with other weights than integers of 2, 4 or 8 bits, is not supported");
        }

        Value Layer(Value rows, int number)
        {
            var matrix = (number * 3) - 1;
            var product = f.Add("MatMul", rows, f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1])), Weights(f, matrix, 10 + number, bits)));
            return f.Input(matrix + 2) is { } bias ? f.Add("Add", product, f.Add("Unsqueeze", f.As(bias, ElementType.Float), f.Constant(1L))) : product;
        }

        var width = Shape(f, 2)[2] * 8 / bits;
        var experts = new Experts(f, (rows, number) => Layer(f.As(rows, ElementType.Float), number), f.Input(8) is not null);
        f.Output(0, f.As(experts.Mixed(width, f.As(Shares(f, f.Require(1)), ElementType.Float)), f.Type(0).Element));
    }

    // [experts, rows, columns] as floats.
    private static Value Weights(FunctionContext f, int matrix, int zeros, long bits)
    {
        var shape = Shape(f, matrix);
        var (experts, rows, columns) = (shape[0], shape[1], shape[2] * 8 / bits);
        var block = f.Attributes.Get("block_size", 0L) is var size and > 0 ? size : columns;
        Value Unpacked(Value value, long width) => f.Add($"{OwnDomain}.{nameof(Unpack)}", Attributes.Of(("bits", bits), ("columns", width)), value);
        Value Blocks(Value value) => f.Add("Reshape", value, f.Constant(experts, rows, columns / block, -1));
        var zero = f.Input(zeros) is { } given ? Blocks(Unpacked(given, given.Type.Rank == 2 ? rows : columns / block)) : f.Scalar(1L << (int)(bits - 1));
        var scale = Blocks(f.As(f.Require(matrix + 1), ElementType.Float));
        var weights = f.Add("Mul", f.Add("Sub", Blocks(Unpacked(f.Require(matrix), columns)), zero), scale);
        return f.Add("Reshape", weights, f.Constant(experts, rows, columns));
    }

    private static long[] Shape(FunctionContext f, int input) => f.Type(input) is { Rank: 3, IsStatic: true } type ? [.. type.Shape.Select(size => size.Constant)]
        : throw OperatorException.Unsupported($"weights {f.Type(input)} of unknown size are not supported");

    // [rows, experts]: a softmax over the scores of those that are chosen, or their weights, and 0 elsewhere.
    private static Value Shares(FunctionContext f, Value scores)
    {
        var best = f.AddAll("TopK", 2, Attributes.None, scores, f.Constant(f.Attributes.Get("k", 1L)));
        if (f.Input(14) is not { } weights)
        {
            return Experts.Scattered(f, scores, best[1], f.Add("Softmax", best[0]));
        }

        var chosen = f.Add("GatherElements", Attributes.Of(("axis", 1)), weights, best[1]);
        chosen = f.Attributes.Flag("normalize_routing_weights") ? f.Add("Div", chosen, f.Reduce("ReduceSum", chosen, [-1])) : chosen;
        return Experts.Scattered(f, scores, best[1], chosen);
    }
}
