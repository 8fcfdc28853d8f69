using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What decision trees say of each row, with leaves apart from nodes and branches by sets. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
/// Versions: 5.
/// </summary>
internal sealed class TreeEnsemble : FunctionOp
{
    private static readonly string[] Transforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];

    public override string Domain => "ai.onnx.ml";

    public override IReadOnlyList<int> Versions => [5];

    public override void Expand(FunctionContext f)
    {
        var scores = TreeInputs.Scores(f, "modern", f.Attributes.Get("n_targets", 1L))[0];
        var transform = f.Attributes.Get("post_transform", 0L);
        if (transform < 0 || transform >= Transforms.Length)
        {
            throw new OperatorException($"post_transform is {transform}");
        }

        f.Output(0, transform == 0 ? scores : f.Add($"{OwnDomain}.{nameof(ScoreTransform)}", Attributes.Of(("post_transform", Transforms[transform])), scores));
    }
}
