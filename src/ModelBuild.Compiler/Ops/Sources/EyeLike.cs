using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Ones on a diagonal and zeros elsewhere, of the size of the input. https://onnx.ai/onnx/operators/onnx__EyeLike.html
/// Versions: 9, 22 (bfloat16).
/// </summary>
internal sealed class EyeLike : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9, 22];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        Value Line(int axis) => f.Add("Range", f.Constant(Tensor.Scalar(0L)), f.Add("Gather", f.ShapeOf(x), f.Constant(Tensor.Scalar((long)axis))), f.Constant(Tensor.Scalar(1L)));
        var rows = f.Add("Unsqueeze", f.Add("Add", Line(0), f.Constant(Tensor.Scalar(f.Attributes.Get("k", 0L)))), f.Constant(1L));
        f.Output(0, f.Add("Cast", Attributes.Of(("to", f.Attributes.Get("dtype", (long)x.Type.Element))), f.Add("Equal", rows, Line(1))));
    }
}
