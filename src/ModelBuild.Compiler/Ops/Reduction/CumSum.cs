using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum of what comes up to each element along an axis: with reverse=1 from the end, with exclusive=1 without the element itself.
/// https://onnx.ai/onnx/operators/onnx__CumSum.html
/// Versions: 11, 14 (bfloat16).
/// </summary>
internal sealed class CumSum : Op
{
    public override IReadOnlyList<int> Versions => [11, 14];

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
        var x = context.Input(0);
        if (!x.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        var shape = x.Type.Shape;
        var axis = InferContext.Axis(context.Input(1).Constant!.ToInt64()[0], shape.Count);
        context.Call(
            typeof(Kernels.CumSum), nameof(Kernels.CumSum.Run), x, context.Output,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count),
            context.Attributes.Flag("exclusive"), context.Attributes.Flag("reverse"));
    }
}
