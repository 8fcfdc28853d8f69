using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The p-norm over all spatial axes. https://onnx.ai/onnx/operators/onnx__GlobalLpPool.html
/// Versions: 1, 2 (p is an integer), 22 (bfloat16).
/// </summary>
internal sealed class GlobalLpPool : FunctionOp
{
    public override IReadOnlyList<int> Versions => [1, 2, 22];

    public override void Expand(FunctionContext f)
    {
        var p = f.Version < 2 ? f.Attributes.Get("p", 2f) : f.Attributes.Get("p", 2L);
        var axes = f.Constant([.. Enumerable.Range(2, f.Type(0).Rank - 2).Select(axis => (long)axis)]);
        var element = f.Type(0).Element;
        f.Output(0, p == 1 ? f.Add("ReduceL1", f.Require(0), axes)
            : p == 2 ? f.Add("ReduceL2", f.Require(0), axes)
            : f.Add("Pow", f.Add("ReduceSum", f.Add("Pow", f.Add("Abs", f.Require(0)), f.Scalar(p, element)), axes), f.Scalar(1 / p, element)));
    }
}
