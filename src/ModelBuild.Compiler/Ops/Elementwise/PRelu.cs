using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x &lt; 0 ? slope * x : x. The slope is broadcast to x. https://onnx.ai/onnx/operators/onnx__PRelu.html
/// Versions: 1 (one slope, or one per channel), 6 (no consumed_inputs), 7 (broadcasting), 9 (integers), 16 (bfloat16).
/// </summary>
internal sealed class PRelu : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 9, 16];

    /// <summary>Integers and 64-bit floats are computed as the formula says, and so are floats where only a run shows along which axes the slope repeats.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var (x, slope) = (context.Require(0), context.Require(1));
        var shape = SlopeShape(context.Version, x.Type, slope.Type);
        if ((x.Type.Element == ElementType.Float || x.Type.Element.IsHalf()) && Enumerable.Range(1, Math.Min(shape.Count, x.Type.Rank)).All(i => shape[^i].IsConstant || shape[^i].Equals(x.Type[-i])))
        {
            return false;
        }

        if (shape.Count > slope.Type.Rank)
        {
            slope = context.AlongChannels(slope, x.Type.Rank);
        }

        context.Output(0, context.Add("Where", context.Add("Less", x, 0), context.Add("Mul", x, slope), x));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var shape = SlopeShape(context.Version, x, context.Type(1));
        if (shape.Count > x.Rank || Enumerable.Range(1, shape.Count).Any(i => !Broadcast.IsOne(shape[^i]) && !context.HasSize(0, -i, shape[^i])))
        {
            throw new OperatorException($"a slope of {context.Type(1)} cannot be broadcast to {x}");
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context)
    {
        var (x, slope) = (context.Input(0), context.Input(1));
        var shape = SlopeShape(context.Node.Version, x.Type, slope.Type);
        BinaryCalls.Emit(context, x, x.Type.Shape, slope, shape, context.Output, new BinaryOperations(new PReluF32(), null));
    }

    private static IReadOnlyList<Dim> SlopeShape(int version, TensorType x, TensorType slope) =>
        version < 7 && slope.Rank == 1 && x.Rank > 2 && !Broadcast.IsOne(slope[0]) ? [slope[0], .. Enumerable.Repeat(Dim.One, x.Rank - 2)] : slope.Shape;
}
