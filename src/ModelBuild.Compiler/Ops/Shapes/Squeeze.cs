using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Removes dimensions of size 1: those at the given axes, or all without axes. https://onnx.ai/onnx/operators/onnx__Squeeze.html
/// Versions: 1 (axes is an attribute), 11 (negative axes), 13 (axes is an input), 21, 23, 24, 25 (more types).
/// Of a dimension that a run finds out, the run requires that it is 1 where an axis is given, and that it is another size where none is: the rank is compiled in.
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
        if (axes?.Select(axis => (int?)axis).FirstOrDefault(axis => type[axis!.Value].IsConstant && !Broadcast.IsOne(type[axis.Value])) is { } wrong)
        {
            throw new OperatorException($"axis {wrong} of {type} has not the size 1");
        }

        return [.. type.Shape.Where((dim, axis) => !(axes?.Contains(axis) ?? Broadcast.IsOne(dim)))];
    }

    public override void Lower(LowerContext context)
    {
        var type = context.Input(0).Type;
        var isGiven = context.Node.Version < 13 ? context.Attributes.Has("axes") : context.Node.Input(1) is not null;
        var kept = context.Output.Type.Rank;
        var axes = isGiven ? InferContext.Axes(context.Node.Version < 13 ? context.Attributes.Require<long[]>("axes") : context.Input(1).Constant!.ToInt64(), type.Rank) : [];
        for (var axis = 0; axis < type.Rank; axis++)
        {
            var size = type[axis];
            if (axes.Contains(axis))
            {
                context.RequireZero(size - Dim.One, $"axis {axis} of {type} has not the size 1");
            }
            else if (!isGiven && !size.IsConstant)
            {
                context.RequireZero(Dim.Max(Dim.Zero, Dim.Min(size, (Dim)2 - size)), $"axis {axis} of {type} has the size 1, and would have to be removed, but the model is compiled with {kept} dimensions here");
            }
        }

        base.Lower(context);
    }
}
