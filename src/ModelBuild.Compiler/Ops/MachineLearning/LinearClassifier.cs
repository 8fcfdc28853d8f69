using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The class with the largest of the scores x * coefficients^T + intercepts, and the scores. https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html
/// Versions: 1.
/// </summary>
internal sealed class LinearClassifier : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var intercepts = f.Attributes.Get<float[]>("intercepts", []);
        var labels = ClassLabels.Of(f, "classlabels_ints", "classlabels_strings");
        var count = intercepts.Length > 0 ? intercepts.Length : labels.Constant!.Length;
        var scores = LinearScores.Of(f, count, intercepts);
        var choice = f.AddAll($"{OwnDomain}.{nameof(ClassChoice)}", 2, Attributes.Of(("post_transform", f.Attributes.Get("post_transform", "NONE"))), scores);
        f.Output(0, f.Add("Gather", labels, choice[0]));
        if (count > 1)
        {
            f.Output(1, choice[1]);
            return;
        }

        // The margin decides, and the probabilities are those of the second class and of the rest.
        var second = ScoreTransform.Of(f, scores);
        f.Output(1, f.Add("Concat", Attributes.Of(("axis", 1)), f.Add("Sub", f.Scalar(1), second), second));
    }
}
