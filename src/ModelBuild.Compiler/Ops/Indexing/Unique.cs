using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The different elements, or slices along an axis, where each occurs first, which of them every one is, and how often they occur. https://onnx.ai/onnx/operators/onnx__Unique.html
/// Versions: 11.
/// </summary>
internal sealed class Unique : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f)
    {
        var x = f.Attributes.Has("axis") ? f.Require(0) : f.Add("Reshape", f.Require(0), f.Constant(-1L));
        var axis = InferContext.Axis(f.Attributes.Get("axis", 0L), x.Type.Rank);
        var all = f.AddAll($"{OwnDomain}.{nameof(FindUnique)}", 4, Attributes.Of(("axis", axis), ("sorted", f.Attributes.Get("sorted", 1L))), x);
        Value First(Value rows) => f.Add("Slice", rows, f.Constant(0L), all[3], f.Constant(0L));
        var indices = First(all[0]);
        f.Output(0, f.Add("Gather", Attributes.Of(("axis", axis)), x, indices));
        f.Output(1, indices);
        f.Output(2, all[1]);
        f.Output(3, First(all[2]));
    }
}
