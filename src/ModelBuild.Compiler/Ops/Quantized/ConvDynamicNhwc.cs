using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A convolution over NHWC data in integers whose input is quantized at run time: y = clamp(conv(quantized x, w) * x_scale * scales + bias). Inputs: x f32
/// [N, H, W, C]; w s8 [M, C/group, kH, kW], constant; bias f32 [M], constant, optional; scales f32 [M], constant. Attributes: those of ConvNhwc. The padding is
/// with the zero point, which 0 becomes because every range holds 0.
/// </summary>
internal sealed class ConvDynamicNhwc : Op, IClampedOp
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.RequireConstant(1));
        var window = Window.Of(context.Attributes, [x[1], x[2]], [w.Dims[2], w.Dims[3]]);
        context.Output(ElementType.Float, x[0], window.Output[0], window.Output[1], w.Dims[0]);
    }

    public override void Lower(LowerContext context)
    {
        var geometry = new ConvGeometry(context.Node);
        var w = context.Input(1).Constant!;
        var shape = geometry.ChannelShape;
        var weights = new sbyte[ConvInt8.PackedLength(shape)];
        ConvInt8.Pack(w.As<sbyte>(), weights, shape);
        var outputs = ConvInt8.PackedOutputs(shape);
        var (sums, bias, scales) = (new int[outputs], new float[outputs], new float[outputs]);
        ConvInt8.ColumnSums(w.As<sbyte>(), sums, shape);
        ConvInt8.PackOutputs<float>(context.Input(3).Constant!.As<float>(), scales, shape);
        if (context.Node.Input(2)?.Constant is { } b)
        {
            ConvInt8.PackOutputs<float>(b.As<float>(), bias, shape);
        }

        context.Note = geometry.Note;
        var x = context.Input(0);
        var quantized = context.Temporary(ElementType.UInt8, x.Type.Length, "quantized");
        var (scale, zero) = (context.Temporary(ElementType.Float, 1, "scale"), context.Temporary(ElementType.UInt8, 1, "zero"));
        context.Call(typeof(DynamicQuantizeU8), nameof(DynamicQuantizeU8.Run), x, quantized, scale, zero);

        var (min, max) = Clamp.Of(context.Attributes);
        var constants = DynamicLayer.Constants(context, weights, sums, bias, scales, $"blocks of 4 x 16 of {context.Input(1).Type}");
        context.Call(
            typeof(ConvInt8), nameof(ConvInt8.RunDynamic), quantized, constants.Weights, constants.Sums, constants.Bias, constants.Scales, scale, zero, geometry.Int8Scratch(context),
            context.Output, geometry.Batch, geometry.Shape, geometry.Padding, min, max);
    }
}
