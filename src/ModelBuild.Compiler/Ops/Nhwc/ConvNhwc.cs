using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A two-dimensional convolution over NHWC data: y = clamp(conv(x, w) + bias + residual). Inputs: x [N, H, W, C]; w [M, C/group, kH, kW], constant, in ONNX order;
/// bias [M], constant, optional; residual, of y's shape, optional; scales [M], constant, where w is of 8-bit integers. Attributes: those of Conv with explicit pads, the bounds
/// min and max, <see cref="ConvPlanes"/>, and without a residual <see cref="ConvPooling"/>.
/// </summary>
internal sealed class ConvNhwc : Op, IClampedOp, IPoolingOp
{
    public override string Domain => OwnDomain;

    public bool CanPool(Node node)
    {
        var geometry = new ConvGeometry(node);
        return node.Input(3) is null && !geometry.IsDepthwise && geometry.ConstantShape is { } shape && ConvF32.CanPool(shape) && node.Inputs[0]!.Type.Element == ElementType.Float;
    }

    public override void Infer(InferContext context)
    {
        var (x, w) = (ConvPlanes.Pixels(context.Attributes, context.Type(0)), context.RequireConstant(1));
        var window = Window.Of(context.Attributes, [x[1], x[2]], [w.Dims[2], w.Dims[3]]);
        context.Output(x.Element, ConvPooling.Output(context.Attributes, x[0], window, w.Dims[0]));
    }

    public override void Lower(LowerContext context)
    {
        if (context.Input(0).Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"a convolution of {context.Input(0).Type.Element.ShortName()} is not supported");
        }

        var geometry = new ConvGeometry(context.Node);
        context.Note = geometry.Note;
        if (geometry.IsDepthwise && context.Node.Input(3) is null)
        {
            LowerDepthwise(context, geometry);
        }
        else
        {
            LowerConv(context, geometry);
        }
    }

    private static void LowerConv(LowerContext context, ConvGeometry geometry)
    {
        var packing = geometry.ChannelShape;
        var bias = new float[ConvF32.PackedBiasLength(packing)];
        ConvF32.PackBias(Bias(context, packing.OutputChannels), packing, bias);

        var packed = ScaledWeights.Panels(
            context, context.Input(1).Constant!, context.Node.Input(4)?.Constant, outputAxis: 0,
            (ConvF32.PackedLength(packing), (values, packed) => ConvF32.Pack(values, packing, packed)),
            (ConvF32.PackedBiasLength(packing), (values, packed) => ConvF32.PackBias(values, packing, packed)), packing.Groups, $"panels of {context.Input(1).Type}");
        var packedBias = context.Constant(Tensor.Of<float>(bias, bias.Length), "bias", string.Empty);
        var (min, max) = Clamp.Of(context.Attributes);
        if (geometry.IsWinograd)
        {
            LowerWinograd(context, geometry, packed, packedBias);
            return;
        }

        var x = geometry.Pad(context, 0f);
        if (geometry.Pool > 1)
        {
            context.Call(typeof(ConvF32), nameof(ConvF32.RunPooled), x, packed, packedBias, context.Output, geometry.Batch, geometry.Shape, min, max);
        }
        else if (context.Node.Input(3) is { } residual)
        {
            context.Call(typeof(ConvF32), nameof(ConvF32.RunResidual), x, packed, packedBias, residual, context.Output, geometry.Batch, geometry.Shape, min, max);
        }
        else
        {
            context.Call(typeof(ConvF32), nameof(ConvF32.Run), x, packed, packedBias, context.Output, geometry.Batch, geometry.Shape, min, max);
        }
    }

    private static void LowerWinograd(LowerContext context, ConvGeometry geometry, Value weights, Value bias)
    {
        var shape = geometry.ChannelShape;
        var (inputs, outputs, kernel) = (shape.InputChannels, shape.OutputChannels, shape.KernelHeight);
        var tile = WinogradF32.Patch + 1 - kernel;
        context.Note = $"{context.Note} (F({tile}x{tile}, {kernel}x{kernel}) of Winograd: fewer)";
        var transformed = context.Temporary(ElementType.Float, ConvWinogradF32.TransformedLength(inputs, outputs), "transformed");
        context.Prepare(typeof(ConvWinogradF32), nameof(ConvWinogradF32.TransformWeights), weights, transformed, inputs, outputs, kernel);
        var scratch = context.Temporary(ElementType.Float, geometry.WinogradScratch, "scratch");
        var (min, max) = Clamp.Of(context.Attributes);
        if (geometry.Pool > 1)
        {
            context.Call(
                typeof(ConvWinogradF32), nameof(ConvWinogradF32.RunPooled), context.Input(0), transformed, bias, context.Output, scratch, geometry.Batch,
                geometry.WinogradShape, min, max);
        }
        else if (context.Node.Input(3) is { } residual)
        {
            context.Call(
                typeof(ConvWinogradF32), nameof(ConvWinogradF32.RunResidual), context.Input(0), transformed, bias, residual, context.Output, scratch, geometry.Batch,
                geometry.WinogradShape, min, max);
        }
        else
        {
            context.Call(
                typeof(ConvWinogradF32), nameof(ConvWinogradF32.Run), context.Input(0), transformed, bias, context.Output, scratch, geometry.Batch,
                geometry.WinogradShape, min, max);
        }
    }

    private static void LowerDepthwise(LowerContext context, ConvGeometry geometry)
    {
        var packing = geometry.DepthwiseChannelShape;
        var blocks = DepthwiseF32.Blocks(packing);
        var packed = ScaledWeights.Panels(
            context, context.Input(1).Constant!, context.Node.Input(4)?.Constant, outputAxis: 0,
            (DepthwiseF32.PackedLength(packing), (values, packed) => DepthwiseF32.Pack(values, packing, packed)),
            (blocks * DepthwiseF32.BlockChannels, (values, copy) => values.CopyTo(copy)), blocks, "[block][tap][channel]");
        var bias = context.Constant(Tensor.Of<float>(Bias(context, packing.Channels), packing.Channels), "bias", string.Empty);
        var (min, max) = Clamp.Of(context.Attributes);
        context.Call(typeof(DepthwiseF32), nameof(DepthwiseF32.Run), context.Input(0), packed, bias, context.Output, geometry.Batch, geometry.DepthwiseShape, min, max);
    }

    private static float[] Bias(LowerContext context, int channels) =>
        context.Node.Input(2)?.Constant is { } bias ? bias.As<float>().ToArray() : new float[channels];
}
