using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x repeated along each axis. https://onnx.ai/onnx/operators/onnx__Tile.html
/// Versions: 1 (tiles along one axis), 6 (repeats for all axes), 13 (bfloat16). Rejected: repeats that depend on data, version 1.
/// </summary>
internal sealed class Tile : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override void Infer(InferContext context)
    {
        if (context.Version < 6)
        {
            throw OperatorException.Unsupported("Tile is supported from operator set 6 on");
        }

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
