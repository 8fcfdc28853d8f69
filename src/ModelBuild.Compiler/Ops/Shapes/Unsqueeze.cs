using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Inserts dimensions of size 1, so that they stand at the given axes of the result. https://onnx.ai/onnx/operators/onnx__Unsqueeze.html
/// Versions: 1 (axes is an attribute), 11 (negative axes), 13 (axes is an input), 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Unsqueeze : ShapeOp
{
    public override IReadOnlyList<int> Versions => [1, 11, 13, 21, 23, 24, 25];

    /// <summary>Axes that a run computes: the sizes follow from a kernel.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version < 13 || context.Input(1) is not { IsConstant: false } axes)
        {
            return false;
        }

        context.Output(0, DynamicAxes.View(context, context.Require(0), context.Require(0), axes, "insert"));
        return true;
    }

    protected override IReadOnlyList<Dim> ShapeOf(InferContext context)
    {
        var given = AxesOf(context)?.ToArray() ?? throw new OperatorException("Unsqueeze has no axes");
        var shape = context.Type(0).Shape.ToList();
        foreach (var axis in InferContext.Axes(given, shape.Count + given.Length))
        {
            shape.Insert(axis, Dim.One);
        }

        return shape;
    }
}
