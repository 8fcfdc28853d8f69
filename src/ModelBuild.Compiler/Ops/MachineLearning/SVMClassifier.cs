using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The class that most pairs of classes favour, and scores: the probabilities of the classes with prob_a and prob_b, else the decisions of all pairs; for two classes the
/// decision, negated and as it is. Without support vectors the scores are linear, one for each class. https://onnx.ai/onnx/operators/onnx_aionnxml_SVMClassifier.html
/// Versions: 1. What the specification leaves open is as in ONNX Runtime.
/// </summary>
internal sealed class SVMClassifier : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var labels = ClassLabels.Of(f, "classlabels_ints", "classlabels_strings");
        var (classes, rho) = (labels.Constant!.Length, f.Attributes.Require<float[]>("rho"));
        var perClass = f.Attributes.Ints("vectors_per_class", []);
        if (perClass.Sum() == 0)
        {
            Linear(f, labels, classes, rho);
            return;
        }

        var (count, pairs) = ((int)perClass.Sum(), classes * (classes - 1) / 2);
        var coefficients = f.Attributes.Require<float[]>("coefficients");
        if (perClass.Length != classes || classes < 2 || coefficients.Length != (classes - 1) * count || rho.Length != pairs)
        {
            throw new OperatorException($"{coefficients.Length} coefficients and {rho.Length} offsets do not fit {count} support vectors of {perClass.Length} classes and {classes} labels");
        }

        int[] starts = [0, .. perClass.Select((_, i) => (int)perClass.Take(i + 1).Sum())];
        var votes = f.AddAll(
            $"{OwnDomain}.{nameof(SupportVotes)}", 2, Attributes.None, SupportProducts.Of(f, LinearScores.Rows(f, f.Require(0)), count), f.Constant(Tensor.Of<float>(coefficients, classes - 1, count)), f.Constant(Tensor.Of<float>(rho, pairs)),
            f.Constant(Tensor.Of<int>(starts, starts.Length)));
        f.Output(0, f.Add("Gather", labels, votes[1]));
        f.Output(1, Scores(f, votes[0], classes, pairs));
    }

    private static Value Scores(FunctionContext f, Value scores, int classes, int pairs)
    {
        var (slopes, offsets) = (f.Attributes.Get<float[]>("prob_a", []), f.Attributes.Get<float[]>("prob_b", []));
        if (slopes.Length > 0 || offsets.Length > 0)
        {
            return slopes.Length == pairs && offsets.Length == pairs
                ? Transformed(f, f.Add(
                    $"{OwnDomain}.{nameof(PairProbabilities)}", Attributes.Of(("classes", classes)), scores, f.Constant(Tensor.Of<float>(slopes, pairs)), f.Constant(Tensor.Of<float>(offsets, pairs))))
                : throw new OperatorException($"{slopes.Length} numbers of prob_a and {offsets.Length} of prob_b do not fit {pairs} pairs of classes");
        }

        if (classes > 2)
        {
            return Transformed(f, scores);
        }

        // A single decision becomes two scores.
        return f.Attributes.Get("post_transform", "NONE") switch
        {
            "NONE" => f.Add("Concat", Attributes.Of(("axis", 1)), f.Add("Neg", scores), scores),
            "PROBIT" => throw OperatorException.Unsupported("post_transform=\"PROBIT\" of the decision between two classes is not supported"),
            _ => f.Add("Concat", Attributes.Of(("axis", 1)), f.Add("Sub", f.Scalar(1), scores), scores),
        };
    }

    // One score for each class. Of two classes the second is chosen if the largest score is positive, or at least 0.5 where no coefficient is negative.
    private static void Linear(FunctionContext f, Value labels, int classes, float[] rho)
    {
        var scores = LinearScores.Of(f, classes, [.. Enumerable.Repeat(rho.Length > 0 ? rho[0] : throw new OperatorException("rho is empty"), classes)]);
        var best = f.Add("ArgMax", Attributes.Of(("axis", 1), ("keepdims", 0)), scores);
        if (classes == 2 && f.Attributes.Get<float[]>("prob_a", []).Length == 0)
        {
            var largest = f.Add("ReduceMax", Attributes.Of(("keepdims", 0)), scores, f.Constant(1L));
            var isSecond = f.Attributes.Require<float[]>("coefficients").All(value => value >= 0) ? f.Add("GreaterOrEqual", largest, f.Scalar(0.5)) : f.Add("Greater", largest, f.Scalar(0));
            best = f.Add("Where", isSecond, f.Scalar(1, Plan.ElementType.Int64), best);
        }

        f.Output(0, f.Add("Gather", labels, best));
        f.Output(1, Transformed(f, scores));
    }

    private static Value Transformed(FunctionContext f, Value scores) =>
        ScoreTransform.Of(f, scores);
}
