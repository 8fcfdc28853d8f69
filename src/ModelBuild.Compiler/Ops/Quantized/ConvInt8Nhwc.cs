using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// DequantizeLinear, ConvNhwc, and QuantizeLinear where the output is quantized, in integers; padding is with the zero point. Inputs: x u8 [N, H, W, C]; w s8
/// [M, C/group, kH, kW], constant; bias f32 [M], constant, optional; scales f32 [M], constant; residual u8, of y's shape, optional: then the quantized result is
/// added to it as AddU8 does. Attributes: those of ConvNhwc, <see cref="LayerQuantization"/>, and with a residual those of <see cref="QuantizedAdd"/>, without one
/// <see cref="ConvPooling"/>.
/// </summary>
internal sealed class ConvInt8Nhwc : Op, IPoolingOp
{
    public override string Domain => OwnDomain;

    public bool CanPool(Node node)
    {
        var geometry = new ConvGeometry(node);
        return node.Input(4) is null && node.Output.Type.Element == ElementType.UInt8 && !geometry.IsDepthwise && geometry.ConstantShape is { } shape && ConvInt8.CanPool(shape)
            && LayerQuantization.HasPositiveScales(node);
    }

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.RequireConstant(1));
        var window = Window.Of(context.Attributes, [x[1], x[2]], [w.Dims[2], w.Dims[3]]);
        context.Output(LayerQuantization.OutputType(context.Attributes), ConvPooling.Output(context.Attributes, x[0], window, w.Dims[0]));
    }

    public override void Lower(LowerContext context)
    {
        var geometry = new ConvGeometry(context.Node);
        context.Note = geometry.Note;
        var isQuantized = context.Output.Type.Element == ElementType.UInt8;
        if (geometry.IsDepthwise && isQuantized && context.Node.Input(4) is null)
        {
            LowerDepthwise(context, geometry);
        }
        else
        {
            LowerConv(context, geometry, isQuantized);
        }
    }

    private static void LowerConv(LowerContext context, ConvGeometry geometry, bool isQuantized)
    {
        var shape = geometry.ChannelShape;
        var layer = LayerQuantization.Of(context, shape.OutputChannels, output => WeightSum(context, output));
        var weights = new sbyte[ConvInt8.PackedLength(shape)];
        ConvInt8.Pack(context.Input(1).Constant!.As<sbyte>(), weights, shape);
        var (bias, scales) = (new int[ConvInt8.PackedOutputs(shape)], new float[ConvInt8.PackedOutputs(shape)]);
        ConvInt8.PackOutputs<int>(layer.Bias, bias, shape);
        ConvInt8.PackOutputs<float>(layer.Scales, scales, shape);

        var x = context.Input(0);
        var zeroPoint = LayerQuantization.InputZeroPoint(context.Attributes);
        var constants = LayerQuantization.Constants(context, weights, bias, scales, $"blocks of 4 x 16 of {context.Input(1).Type}");
        if (!isQuantized)
        {
            var (min, max) = Clamp.Of(context.Attributes);
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunToF32), x, constants.Weights, constants.Bias, constants.Scales, geometry.Int8Scratch(context), context.Output, geometry.Batch,
                geometry.Shape, geometry.Padding, zeroPoint, min, max);
            return;
        }

        if (geometry.ConstantShape is { } constantShape && ConvInt8.CanUseWinograd(constantShape))
        {
            LowerWinograd(context, geometry, constantShape, constants, layer.Output);
        }
        else if (geometry.Pool > 1)
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunPooled), x, constants.Weights, constants.Bias, constants.Scales, geometry.Int8Scratch(context), context.Output,
                geometry.Batch, geometry.Shape, geometry.Padding, zeroPoint, layer.Output);
        }
        else if (context.Node.Input(4) is { } residual)
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunResidual), x, constants.Weights, constants.Bias, constants.Scales, residual, geometry.Int8Scratch(context), context.Output,
                geometry.Batch, geometry.Shape, geometry.Padding, zeroPoint, layer.Output, QuantizedAdd.Of(context.Attributes));
        }
        else
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.Run), x, constants.Weights, constants.Bias, constants.Scales, geometry.Int8Scratch(context), context.Output, geometry.Batch,
                geometry.Shape, geometry.Padding, zeroPoint, layer.Output);
        }
    }

    // Where the CPU multiplies words, the transformed weights are made when the model starts: they would be more than three times the weights file.
    private static void LowerWinograd(
        LowerContext context, ConvGeometry geometry, ConvShape shape, (Value Weights, Value Bias, Value Scales) constants, Requantize output)
    {
        var x = context.Input(0);
        var zeroPoint = LayerQuantization.InputZeroPoint(context.Attributes);
        var transformed = context.Temporary(ElementType.Int16, ConvInt8.TransformedLength(shape), "transformed");
        context.Prepare(typeof(ConvInt8), nameof(ConvInt8.TransformWeights), constants.Weights, transformed, geometry.Shape);
        var scratch = context.Temporary(ElementType.UInt8, ConvInt8.WinogradScratchLength(shape), "scratch");
        if (geometry.Pool > 1)
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunWinogradPooled), x, constants.Weights, transformed, constants.Bias, constants.Scales, scratch, context.Output,
                geometry.Batch, geometry.Shape, geometry.Padding, zeroPoint, output);
        }
        else if (context.Node.Input(4) is { } residual)
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunWinogradResidual), x, constants.Weights, transformed, constants.Bias, constants.Scales, residual, scratch, context.Output,
                geometry.Batch, geometry.Shape, geometry.Padding, zeroPoint, output, QuantizedAdd.Of(context.Attributes));
        }
        else
        {
            context.Call(
                typeof(ConvInt8), nameof(ConvInt8.RunWinograd), x, constants.Weights, transformed, constants.Bias, constants.Scales, scratch, context.Output, geometry.Batch,
                geometry.Shape, geometry.Padding, zeroPoint, output);
        }
    }

    private static void LowerDepthwise(LowerContext context, ConvGeometry geometry)
    {
        var shape = geometry.DepthwiseChannelShape;
        var layer = LayerQuantization.Of(context, shape.Channels, output => WeightSum(context, output));
        var weights = new sbyte[DepthwiseInt8.PackedLength(shape)];
        DepthwiseInt8.Pack(context.Input(1).Constant!.As<sbyte>(), weights, shape);
        var (bias, scales) = (new int[DepthwiseInt8.PackedOutputs(shape)], new float[DepthwiseInt8.PackedOutputs(shape)]);
        DepthwiseInt8.PackOutputs<int>(layer.Bias, bias, shape);
        DepthwiseInt8.PackOutputs<float>(layer.Scales, scales, shape);
        var constants = LayerQuantization.Constants(context, weights, bias, scales, "[block][tap][channel]");
        context.Call(
            typeof(DepthwiseInt8), nameof(DepthwiseInt8.Run), context.Input(0), constants.Weights, constants.Bias, constants.Scales, context.Output, geometry.Batch,
            geometry.DepthwiseShape, LayerQuantization.InputZeroPoint(context.Attributes), layer.Output);
    }

    private static int WeightSum(LowerContext context, int output)
    {
        var w = context.Input(1).Constant!;
        var length = w.Length / (int)w.Dims[0];
        var sum = 0;
        foreach (var weight in w.As<sbyte>().Slice(output * length, length))
        {
            sum += weight;
        }

        return sum;
    }
}
