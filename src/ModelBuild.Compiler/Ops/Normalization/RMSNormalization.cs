using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / sqrt(mean of x^2 + epsilon) * scale, the mean over all axes from the given one on. https://onnx.ai/onnx/operators/onnx__RMSNormalization.html
/// Versions: 23. Rejected: a scale that is not of the normalized axes. The mean is a 32-bit float, whatever stash_type says.
/// </summary>
internal sealed class RMSNormalization : Op
{
    public override IReadOnlyList<int> Versions => [23];

    public override void Infer(InferContext context)
    {
        var (x, scale) = (context.Type(0), context.Type(1));
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Rank);
        if (!scale.Length.Equals(KernelAxes.Extent(x.Shape, axis, x.Rank)))
        {
            throw OperatorException.Unsupported($"a scale of {scale}, broadcast over the axes of {x} from {axis} on, is not supported");
        }

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
