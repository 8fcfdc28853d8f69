using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What comes up to each element along an axis, put together: with reverse=1 from the end, with exclusive=1 without the element itself.</summary>
internal abstract class CumulativeOp : Op
{
    /// <summary>The kernel.</summary>
    protected abstract Type Kernel { get; }

    /// <summary>An axis that a run computes is moved to the end.</summary>
    public sealed override bool TryExpand(FunctionContext context)
    {
        if (context.Require(1).IsConstant)
        {
            return false;
        }

        var x = context.Require(0);
        var (moved, order) = DynamicAxes.ToEnd(context, x, context.Require(1));
        context.Output(0, DynamicAxes.Back(context, context.Add(Name, context.Attributes, moved, context.Constant(x.Type.Rank - 1)), order, x));
        return true;
    }

    public sealed override void Infer(InferContext context)
    {
        _ = InferContext.Axis(context.RequireConstant(1).ToInt64()[0], context.Type(0).Rank);
        context.Output(0, context.Type(0));
    }

    public sealed override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var shape = x.Type.Shape;
        var axis = InferContext.Axis(context.Input(1).Constant!.ToInt64()[0], shape.Count);
        void Emit(Value from, Value to) => context.Call(
            Kernel, "Run", from, to, KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count),
            context.Attributes.Flag("exclusive"), context.Attributes.Flag("reverse"));
        if (x.Type.Element is ElementType.BFloat16 or ElementType.Float16)
        {
            FloatArithmetic.Lower(context, [x], context.Output, (wide, y) => Emit(wide[0], y));
        }
        else if (x.Type.Element.IsNumber())
        {
            Emit(x, context.Output);
        }
        else
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }
    }
}
