using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What decision trees say of each row, added up, averaged, or the smallest or largest. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html
/// Versions: 1, 3 (tensors of doubles).
/// </summary>
internal sealed class TreeEnsembleRegressor : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override IReadOnlyList<int> Versions => [1, 3];

    public override void Expand(FunctionContext f)
    {
        var scores = TreeInputs.Scores(f, "target", f.Attributes.Get("n_targets", 1L))[0];
        scores = TreeInputs.Base(f.Attributes) is { } values ? f.Add("Add", scores, f.Constant(Tensor.Of<float>(values, values.Length))) : scores;
        f.Output(0, ScoreTransform.Of(f, scores));
    }
}
