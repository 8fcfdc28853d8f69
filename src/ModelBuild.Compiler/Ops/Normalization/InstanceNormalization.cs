using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = scale * (x - mean) / sqrt(variance + epsilon) + bias, mean and variance over the pixels of each channel of each image.
/// https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html
/// Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
/// </summary>
internal sealed class InstanceNormalization : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 22];

    /// <summary>64-bit floats are computed as the formula says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (x.Type.Element != ElementType.Double)
        {
            return false;
        }

        var (_, centred, inverse) = Centring.Define(context, x, Centring.Axes(2, x.Type.Rank));
        var y = context.Add("Mul", context.Add("Mul", centred, inverse), context.AlongChannels(context.Require(1), x.Type.Rank));
        context.Output(0, context.Add("Add", y, context.AlongChannels(context.Require(2), x.Type.Rank)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var (x, scale, bias) = (context.Type(0), context.Type(1), context.Type(2));
        if (x.Rank < 2 || scale.Rank != 1 || bias.Rank != 1 || !context.HaveSameSize(0, 1, 1, 0) || !context.HaveSameSize(0, 1, 2, 0))
        {
            throw new OperatorException($"a scale of {scale} and a bias of {bias} do not fit the channels of {x}");
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var (images, channels, pixels) = (shape[0], shape[1], KernelAxes.Extent(shape, 2, shape.Count));
        var epsilon = context.Attributes.Get("epsilon", 1e-5f);
        FloatArithmetic.Lower(context, [context.Input(0), context.Input(1), context.Input(2)], context.Output, (wide, y) =>
        {
            var mean = context.Temporary(ElementType.Float, images * channels, "mean");
            var inverse = context.Temporary(ElementType.Float, images * channels, "factor");
            var squares = context.Temporary(ElementType.Float, images * channels * pixels, "squares");
            Centring.Emit(context, wide[0], mean, y, squares, inverse, images * channels, pixels, epsilon);
            Centring.EmitBroadcast(context, inverse, wide[1], inverse, [images, channels], [Dim.One, channels], default(MulF32));
            Centring.EmitBroadcast(context, y, inverse, y, [images * channels, pixels], [images * channels, Dim.One], default(MulF32));
            Centring.EmitBroadcast(context, y, wide[2], y, [images, channels, pixels], [Dim.One, channels, Dim.One], default(AddF32));
        });
    }
}
