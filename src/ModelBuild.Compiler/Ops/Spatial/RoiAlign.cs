using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Regions of an image, sampled into a grid of bins. https://onnx.ai/onnx/operators/onnx__RoiAlign.html
/// Versions: 10, 16 (coordinate_transformation_mode), 22 (bfloat16).
/// </summary>
internal sealed class RoiAlign : Op
{
    // Samples along each axis of a bin; with more, a run would not end.
    private const int MostSamples = 1024;

    public override IReadOnlyList<int> Versions => [10, 16, 22];

    public override void Infer(InferContext context)
    {
        var (x, rois) = (context.Type(0), context.Type(1));
        if (x.Rank != 4 || rois.Rank != 2)
        {
            throw new OperatorException($"{rois} are no regions of {x}");
        }

        if (context.Attributes.Get("sampling_ratio", 0L) is < 0 or > MostSamples)
        {
            throw OperatorException.Unsupported($"sampling_ratio must be from 0 to {MostSamples}");
        }

        context.Output(0, x.With(rois[0], x[1], context.Attributes.Get("output_height", 1L), context.Attributes.Get("output_width", 1L)));
    }

    public override void Lower(LowerContext context)
    {
        var (x, y, a) = (context.Input(0).Type, context.Output.Type, context.Attributes);
        var isHalfPixel = context.Node.Version >= 16 && a.Get("coordinate_transformation_mode", "half_pixel") == "half_pixel";
        void Call(Value from, Value regions, Value to) => context.Call(
            typeof(Kernels.RoiAlign), nameof(Kernels.RoiAlign.Run), from, regions, context.Input(2), to, x[1], x[2], x[3], y[0], y[2], y[3], a.Int("sampling_ratio", 0), a.Get("spatial_scale", 1f), isHalfPixel,
            a.Get("mode", "avg") == "max");
        if (x.Element == ElementType.Double)
        {
            Call(context.Input(0), context.Input(1), context.Output);
            return;
        }

        FloatArithmetic.Lower(context, [context.Input(0), context.Input(1)], context.Output, (wide, result) => Call(wide[0], wide[1], result));
    }
}
