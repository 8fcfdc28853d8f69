using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// How often n-grams of a pool occur in each row. https://onnx.ai/onnx/operators/onnx__TfIdfVectorizer.html
/// Versions: 9.
/// </summary>
internal sealed class TfIdfVectorizer : Op
{
    private static readonly string[] Modes = ["TF", "IDF", "TFIDF"];

    public override IReadOnlyList<int> Versions => [9];

    public override void Infer(InferContext context)
    {
        var (x, places) = (context.Type(0), context.Attributes.Require<long[]>("ngram_indexes"));
        if (x.Rank is < 1 or > 2 || places.Length == 0 || places.Any(place => place is < 0 or > int.MaxValue))
        {
            throw new OperatorException($"{x} and {places.Length} n-grams do not fit");
        }

        context.Output(ElementType.Float, [.. x.Shape.Take(x.Rank - 1), places.Max() + 1]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, a) = (context.Input(0), context.Attributes);
        var pool = x.Type.Element == ElementType.String ? Tensor.Of(a.Require<string[]>("pool_strings"), a.Require<string[]>("pool_strings").Length)
            : x.Type.Element == ElementType.Int32 ? Tensor.Of<int>([.. a.Require<long[]>("pool_int64s").Select(item => (int)item)], a.Require<long[]>("pool_int64s").Length)
            : Tensor.Vector(a.Require<long[]>("pool_int64s"));
        var mode = Array.IndexOf(Modes, a.Require<string>("mode"));
        var weights = a.Get<float[]>("weights", []);
        context.Call(
            typeof(TfIdf), nameof(TfIdf.Run), x, context.Constant(pool, "pool", string.Empty), context.Constant(Tensor.Vector(a.Require<long[]>("ngram_counts")), "counts", string.Empty),
            context.Constant(Tensor.Vector(a.Require<long[]>("ngram_indexes")), "indexes", string.Empty), context.Constant(Tensor.Of<float>(weights, weights.Length), "weights", string.Empty), context.Output,
            x.Type.Rank == 2 ? x.Type[0] : Dim.One, x.Type[-1], context.Output.Type[-1], (int)a.Require<long>("min_gram_length"), (int)a.Require<long>("max_gram_length"), (int)a.Require<long>("max_skip_count"),
            mode >= 0 ? mode : throw new OperatorException("mode is none of TF, IDF and TFIDF"));
    }
}
