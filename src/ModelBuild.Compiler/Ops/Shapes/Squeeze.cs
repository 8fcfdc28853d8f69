using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Removes dimensions of size 1: those at the given axes, or all without axes. https://onnx.ai/onnx/operators/onnx__Squeeze.html
/// Versions: 1 (axes is an attribute), 11 (negative axes), 13 (axes is an input), 21, 23, 24, 25 (more types).
/// Rejected: without axes, dimensions of which only a run would show whether they are 1.
/// </summary>
internal sealed class Squeeze : ShapeOp
{
    public override IReadOnlyList<int> Versions => [1, 11, 13, 21, 23, 24, 25];

    /// <summary>Axes that a run computes: the sizes follow from a kernel.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version < 13 || context.Input(1) is not { IsConstant: false } axes)
        {
            return false;
        }

        context.Output(0, DynamicAxes.View(context, context.Require(0), context.Require(0), axes, "remove"));
        return true;
    }

    protected override IReadOnlyList<Dim> ShapeOf(InferContext context)
    {
        var type = context.Type(0);
        var axes = AxesOf(context) is { } given ? InferContext.Axes(given, type.Rank) : null;
        foreach (var axis in axes ?? Enumerable.Range(0, type.Rank))
        {
            // A dimension at a given axis must be 1, whatever it is computed from.
            if (axes is not null && !type[axis].IsConstant)
            {
                continue;
            }

            if (!type[axis].IsConstant)
            {
                throw OperatorException.Unsupported(
                    $"whether axis {axis} of {type} has the size 1, and so is removed, is known only at run time", $"Fix the size of \"{type[axis]}\" with Dimensions.");
            }

            if (axes is not null && !Broadcast.IsOne(type[axis]))
            {
                throw new OperatorException($"axis {axis} of {type} has not the size 1");
            }
        }

        return [.. type.Shape.Where((dim, axis) => !(axes?.Contains(axis) ?? Broadcast.IsOne(dim)))];
    }
}
