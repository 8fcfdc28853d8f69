using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Of boxes that overlap, those with the best scores: batch, class and box of each. https://onnx.ai/onnx/operators/onnx__NonMaxSuppression.html
/// Versions: 10, 11 (optional inputs).
/// </summary>
internal sealed class NonMaxSuppression : FunctionOp
{
    public override IReadOnlyList<int> Versions => [10, 11];

    public override void Expand(FunctionContext f)
    {
        Value? Line(int input) => f.Input(input) is { } value ? DynamicAxes.Vector(f, value) : null;
        var all = f.AddAll(
            $"{OwnDomain}.{nameof(SuppressBoxes)}", 2, Attributes.Of(("center", f.Attributes.Get("center_point_box", 0L))), f.Require(0), f.Require(1), Line(2), Line(3), Line(4));
        f.Output(0, f.Add("Slice", all[0], f.Constant(0L), all[1], f.Constant(0L)));
    }
}
