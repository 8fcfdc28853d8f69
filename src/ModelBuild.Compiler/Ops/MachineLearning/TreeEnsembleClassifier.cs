using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The class that decision trees favour for each row, and the scores of all. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html
/// Versions: 1, 3 (tensors of doubles). Where trees have weights for one of two classes only, its score is a probability if no weight is negative, else a margin;
/// where they have weights for both, the second class is chosen wherever its score is above 0: as in ONNX Runtime.
/// </summary>
internal sealed class TreeEnsembleClassifier : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override IReadOnlyList<int> Versions => [1, 3];

    public override void Expand(FunctionContext f)
    {
        var labels = ClassLabels.Of(f, "classlabels_int64s", "classlabels_strings");
        var count = labels.Constant!.Length;
        var table = TreeTable.OfClassic(f.Attributes, "class");
        var scores = TreeInputs.Scores(f, "class", count)[0];
        var transform = f.Attributes.Get("post_transform", "NONE");
        var isBinary = count == 2 && table.Targets.Distinct().Count() == 1;
        var values = TreeInputs.Base(f.Attributes);
        if (isBinary)
        {
            scores = f.Add("Slice", scores, f.Constant(table.Targets[0]), f.Constant(table.Targets[0] + 1L), f.Constant(1L));
            scores = values is null ? scores : f.Add("Add", scores, f.Scalar(values[^1]));
        }
        else if (values is not null)
        {
            scores = f.Add("Add", scores, f.Constant(Tensor.Of<float>(values, values.Length)));
        }

        var attributes = Attributes.Of(("post_transform", transform), ("positive", count == 2 && !isBinary ? 1 : 0), ("probability", isBinary && table.Weights.All(weight => weight >= 0) ? 1 : 0));
        var choice = f.AddAll($"{OwnDomain}.{nameof(ClassChoice)}", 2, attributes, scores);
        f.Output(0, f.Add("Gather", labels, choice[0]));
        f.Output(1, choice[1]);
    }
}
