using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / sqrt(mean of x^2 + epsilon) * scale, the mean over all axes from the given one on. https://onnx.ai/onnx/operators/onnx__RMSNormalization.html
/// Versions: 23. The mean is a 32-bit float, and a 64-bit one of 64-bit floats, whatever stash_type says. A scale that is broadcast over the
/// normalized axes, and 64-bit floats, are computed as the formula says.
/// </summary>
internal sealed class RMSNormalization : Op
{
    public override IReadOnlyList<int> Versions => [23];

    public override bool TryExpand(FunctionContext context)
    {
        var (x, scale) = (context.Require(0), context.Require(1));
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Type.Rank);
        if (x.Type.Element != ElementType.Double && x.Type.Element == scale.Type.Element && scale.Type.Length.Equals(KernelAxes.Extent(x.Type.Shape, axis, x.Type.Rank)))
        {
            return false;
        }

        // 16-bit floats are widened until the result, which has the scale's type.
        var type = x.Type.Element == ElementType.Double || scale.Type.Element == ElementType.Double ? ElementType.Double : ElementType.Float;
        var wide = context.As(x, type);
        var y = context.Add("Mul", wide, Centring.DefineInverseRoot(context, wide, Centring.Axes(axis, x.Type.Rank)));
        context.Output(0, context.As(context.Add("Mul", y, context.As(scale, type)), scale.Type.Element));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        _ = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Rank);
        context.Output(0, x);
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), shape.Count);
        var (rows, length) = (KernelAxes.Extent(shape, 0, axis), KernelAxes.Extent(shape, axis, shape.Count));
        FloatArithmetic.Lower(context, [context.Input(0), context.Input(1)], context.Output, (wide, y) =>
        {
            var factor = context.Temporary(ElementType.Float, rows, "factor");
            var squares = context.Temporary(ElementType.Float, rows * length, "squares");
            context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), wide[0], squares, default(SquareF32));
            Centring.EmitInverseRoot(context, squares, factor, rows, length, context.Attributes.Get("epsilon", 1e-5f));
            Centring.EmitBroadcast(context, wide[0], factor, y, [rows, length], [rows, Dim.One], default(MulF32));
            Centring.EmitBroadcast(context, y, wide[1], y, [rows, length], [Dim.One, length], default(MulF32));
        });
    }
}
