using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>MaxPool over NHWC data, of floats or of quantized bytes, whose order is the same.</summary>
internal sealed class MaxPoolNhwc : PoolNhwcOp
{
    public override void Lower(LowerContext context)
    {
        var shape = Shape(context);
        context.Call(typeof(Kernels.MaxPool), nameof(Kernels.MaxPool.Run), context.Input(0), context.Output, context.Input(0).Type[0], shape);
    }
}
