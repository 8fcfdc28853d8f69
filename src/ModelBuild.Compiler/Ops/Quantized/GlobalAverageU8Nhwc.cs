using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>DequantizeLinear, global average over NHWC data, QuantizeLinear. Input x u8 [N, H, W, C] with constant H and W. Attributes: <see cref="LayerQuantization"/>.</summary>
internal sealed class GlobalAverageU8Nhwc : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.UInt8, context.Type(0)[0], Dim.One, Dim.One, context.Type(0)[3]);

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var ratio = LayerQuantization.Ratio(context.Attributes) / (x.Type[1] * x.Type[2]).Constant;
        context.Call(
            typeof(GlobalAverageU8), nameof(GlobalAverageU8.Run), x, context.Output, x.Type[0], x.Type[1] * x.Type[2], x.Type[3],
            LayerQuantization.InputZeroPoint(context.Attributes), ratio, LayerQuantization.Bounds(context.Attributes));
    }
}
