using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x repeated along each axis. https://onnx.ai/onnx/operators/onnx__Tile.html
/// Versions: 1 (tiles along one axis), 6 (repeats for all axes), 13 (bfloat16).
/// </summary>
internal sealed class Tile : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    /// <summary>Along one axis, the others are repeated once.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version >= 6)
        {
            return false;
        }

        var x = context.Require(0);
        Value Number(int input) => context.Add("Reshape", context.As(context.Require(input), ElementType.Int64), context.Constant(1L));
        var (axis, rank) = (Number(2), context.Constant((long)x.Type.Rank));
        axis = context.Add("Mod", context.Add("Add", axis, rank), rank);
        var isAxis = context.Add("Equal", context.Constant([.. Enumerable.Range(0, x.Type.Rank)]), axis);
        context.Output(0, context.Add(Name, x, context.Add("Where", isAxis, Number(1), context.Constant(1L))));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var (x, repeats) = (context.Type(0), context.RequireSizes(1));
        if (repeats.Count != x.Rank)
        {
            throw new OperatorException($"{repeats.Count} repeats are given for {x}");
        }

        context.Output(x.Element, [.. x.Shape.Zip(repeats, (size, count) => size * count)]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, repeats) = (context.Input(0), context.Input(1).Elements!);
        if (x.Type.Length.Equals(context.Output.Type.Length))
        {
            context.Alias(context.Output, x);
            return;
        }

        // Each axis is two: how often, which stays in place, and the input's own.
        var strides = KernelAxes.Strides(x.Type.Shape);
        var axes = Enumerable.Range(0, x.Type.Rank).SelectMany(axis => new[] { (repeats[axis], Dim.Zero), (x.Type[axis], strides[axis]) });
        new StridedLayout(Dim.Zero, axes).Emit(context, x, context.Output);
    }
}
