using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product of what comes up to each element along an axis: with reverse=1 from the end, with exclusive=1 without the element itself. https://onnx.ai/onnx/operators/onnx__CumProd.html
/// Versions: 26.
/// </summary>
internal sealed class CumProd : Op
{
    public override IReadOnlyList<int> Versions => [26];

    /// <summary>An axis that a run computes is moved to the end. There is no kernel for bfloat16.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Require(1).IsConstant)
        {
            return context.TryWiden(this);
        }

        var x = context.Require(0);
        var (moved, order) = DynamicAxes.ToEnd(context, x, context.Require(1));
        context.Output(0, DynamicAxes.Back(context, context.Add(Name, context.Attributes, moved, context.Constant(x.Type.Rank - 1)), order, x));
        return true;
    }

    public override void Infer(InferContext context)
    {
        _ = InferContext.Axis(context.RequireConstant(1).ToInt64()[0], context.Type(0).Rank);
        context.Output(0, context.Type(0));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var axis = InferContext.Axis(context.Input(1).Constant!.ToInt64()[0], shape.Count);
        void Emit(Value x, Value y) => context.Call(
            typeof(Kernels.CumProd), nameof(Kernels.CumProd.Run), x, y, KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count),
            context.Attributes.Flag("exclusive"), context.Attributes.Flag("reverse"));
        if (context.Output.Type.Element is ElementType.BFloat16 or ElementType.Float16)
        {
            FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => Emit(wide[0], y));
            return;
        }

        Emit(context.Input(0), context.Output);
    }
}
