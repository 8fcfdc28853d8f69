using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The elements along an axis, or of all, for which a condition holds. https://onnx.ai/onnx/operators/onnx__Compress.html
/// Versions: 9, 11 (negative axes).
/// </summary>
internal sealed class Compress : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9, 11];

    public override void Expand(FunctionContext f)
    {
        var axis = f.Attributes.Has("axis") ? f.Attributes.Get("axis", 0L) : (long?)null;
        var x = axis is null ? f.Add("Reshape", f.Require(0), f.Constant(-1L)) : f.Require(0);
        var places = f.Add("Reshape", f.Add("NonZero", f.Require(1)), f.Constant(-1L));
        f.Output(0, f.Add("Gather", Attributes.Of(("axis", axis ?? 0)), x, places));
    }
}
