using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A matrix: the dimensions before the axis become the rows, those from it on the columns. https://onnx.ai/onnx/operators/onnx__Flatten.html
/// Versions: 1, 9 (all types), 11 (negative axes), 13, 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Flatten : ShapeOp
{
    public override IReadOnlyList<int> Versions => [1, 9, 11, 13, 21, 23, 24, 25];

    protected override IReadOnlyList<Dim> ShapeOf(InferContext context)
    {
        var shape = context.Type(0).Shape;
        var axis = context.Attributes.Int("axis", 1);
        axis = axis < 0 ? axis + shape.Count : axis;
        return axis >= 0 && axis <= shape.Count
            ? [KernelAxes.Extent(shape, 0, axis), KernelAxes.Extent(shape, axis, shape.Count)]
            : throw new OperatorException($"axis {context.Attributes.Int("axis", 1)} is out of range for {context.Type(0)}");
    }
}
