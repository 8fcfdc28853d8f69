using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The largest elements in the bins of regions of an image: x [N, C, H, W] and rois [count, 5] give [count, C, pooled_shape]. https://onnx.ai/onnx/operators/onnx__MaxRoiPool.html
/// Versions: 1, 22 (bfloat16). Corners are rounded to pixels.
/// </summary>
internal sealed class MaxRoiPool : Op
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override bool TryExpand(FunctionContext context) => context.TryWiden(this, both: true);

    public override void Infer(InferContext context)
    {
        var (x, rois, pooled) = (context.Type(0), context.Type(1), context.Attributes.Require<long[]>("pooled_shape"));
        if (x.Rank != 4 || rois.Rank != 2 || (rois[1].IsConstant && rois[1].Constant != 5) || pooled.Length != 2 || pooled[0] < 1 || pooled[1] < 1)
        {
            throw new OperatorException($"{rois} are no regions of {x} with bins [{string.Join(",", pooled)}]");
        }

        context.Output(x.Element, rois[0], x[1], pooled[0], pooled[1]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, rois, pooled) = (context.Input(0).Type, context.Input(1).Type, context.Attributes.Require<long[]>("pooled_shape"));
        if (x.Element is not (ElementType.Float or ElementType.Double))
        {
            throw ElementKinds.Unsupported(Name, x.Element);
        }

        context.Call(
            typeof(Kernels.MaxRoiPool), nameof(Kernels.MaxRoiPool.Run), context.Input(0), context.Input(1), context.Output, x[0], x[1], x[2], x[3], rois[0], pooled[0], pooled[1], context.Attributes.Get("spatial_scale", 1f));
    }
}
