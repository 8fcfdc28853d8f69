using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>DequantizeLinear, AveragePool over NHWC data, QuantizeLinear. Attributes: those of AveragePoolNhwc, and <see cref="LayerQuantization"/>.</summary>
internal sealed class AveragePoolU8Nhwc : PoolNhwcOp
{
    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0).Type, context.Output.Type);
        var window = Window.Of(context.Attributes, [x[1], x[2]], null);
        var shape = StructLiteral.Of<DepthwiseShape>(
            x[1], x[2], x[3], window.Kernel[0], window.Kernel[1], window.Strides[0], window.Strides[1], window.Dilations[0], window.Dilations[1],
            window.PadsBegin[0], window.PadsBegin[1], y[1], y[2]);
        context.Call(
            typeof(AveragePoolU8), nameof(AveragePoolU8.Run), context.Input(0), context.Output, context.Input(0).Type[0], shape, context.Attributes.Flag("count_include_pad"),
            LayerQuantization.InputZeroPoint(context.Attributes), LayerQuantization.Ratio(context.Attributes), LayerQuantization.Bounds(context.Attributes));
    }
}
