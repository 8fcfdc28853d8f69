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

    /// <summary>Without axes, sizes that a run finds out stay. Axes that a run computes: the sizes follow from a kernel.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (!(context.Version < 13 ? context.Attributes.Has("axes") : context.Input(1) is not null) && !x.Type.IsStatic)
        {
            context.Output(0, context.Add($"{OwnDomain}.{nameof(SqueezeOnes)}", x));
            return true;
        }

        if (context.Version < 13 || context.Input(1) is not { IsConstant: false } axes)
        {
            return false;
        }

        context.Output(0, DynamicAxes.View(context, x, x, axes, "remove"));
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
        var given = context.Node.Version < 13 ? context.Attributes.Ints("axes") : context.Node.Input(1)?.Constant!.ToInt64();
        foreach (var axis in InferContext.Axes(given ?? [], type.Rank))
        {
            context.RequireZero(type[axis] - Dim.One, $"axis {axis} of {type} has not the size 1");
        }

        base.Lower(context);
    }
}
