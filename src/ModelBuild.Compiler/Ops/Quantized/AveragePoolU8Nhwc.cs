using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>DequantizeLinear, AveragePool over NHWC data, QuantizeLinear. Attributes: those of AveragePoolNhwc, and <see cref="LayerQuantization"/>.</summary>
internal sealed class AveragePoolU8Nhwc : PoolNhwcOp
{
    public override void Lower(LowerContext context)
    {
        var shape = Shape(context);
        context.Call(
            typeof(AveragePoolU8), nameof(AveragePoolU8.Run), context.Input(0), context.Output, context.Input(0).Type[0], shape, context.Attributes.Flag("count_include_pad"),
            LayerQuantization.InputZeroPoint(context.Attributes), LayerQuantization.Ratio(context.Attributes), LayerQuantization.Bounds(context.Attributes));
    }
}
