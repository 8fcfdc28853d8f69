using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What <see cref="Softmax"/> and <see cref="LogSoftmax"/> share. Before version 13 they see x as a matrix that is cut at the axis (1 by default) and normalize its
/// rows; from then on they normalize along the one axis (the last by default).
/// </summary>
internal abstract class SoftmaxOp : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 13];

    /// <summary>64-bit floats are computed as <see cref="Define"/> says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (x.Type.Element != ElementType.Double)
        {
            return false;
        }

        var axis = Axis(context.Version, context.Attributes, x.Type.Rank);
        if (context.Version >= 13)
        {
            if (Define(context, x, axis) is not { } y)
            {
                return false;
            }

            context.Output(0, y);
            return true;
        }

        if (Define(context, context.Add("Flatten", Attributes.Of(("axis", axis)), x), 1) is not { } rows)
        {
            return false;
        }

        context.Output(0, context.Add("Reshape", rows, context.ShapeOf(x)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        _ = Axis(context.Version, context.Attributes, context.Type(0).Rank);
        context.Output(0, context.Type(0));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var axis = Axis(context.Node.Version, context.Attributes, shape.Count);
        var end = context.Node.Version < 13 ? shape.Count : axis + 1;
        if (context.Input(0).Type.Element == ElementType.Double)
        {
            Emit(context, context.Input(0), context.Output, KernelAxes.Extent(shape, 0, axis), KernelAxes.Extent(shape, axis, end), KernelAxes.Extent(shape, end, shape.Count));
            return;
        }

        FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) =>
            Emit(context, wide[0], y, KernelAxes.Extent(shape, 0, axis), KernelAxes.Extent(shape, axis, end), KernelAxes.Extent(shape, end, shape.Count)));
    }

    /// <summary>Emits the call for <c>x[outer, axis, inner]</c>.</summary>
    protected abstract void Emit(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner);

    /// <summary>The definition by other operators, along one axis; null where the kernel takes 64-bit floats.</summary>
    protected abstract Value? Define(FunctionContext context, Value x, long axis);

    private static int Axis(int version, Attributes attributes, int rank)
    {
        var axis = attributes.Int("axis", version < 13 ? 1 : -1);
        return version < 13 && axis == rank ? rank : InferContext.Axis(axis, rank);
    }
}
