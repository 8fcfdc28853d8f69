using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// InstanceNormalization of floats x [N, spatial..., C], whose channels come last: y = clamp((x - mean) * scale / sqrt(variance + epsilon) + bias + residual).
/// Inputs: x, scale [C], bias [C]; residual, of x's shape, optional.
/// </summary>
internal sealed class InstanceNormalizationNhwc : Op, IClampedOp
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var (images, channels, pixels) = (x.Type[0], x.Type[-1], KernelAxes.Extent(x.Type.Shape, 1, x.Type.Rank - 1));
        var (min, max) = Clamp.Of(context.Attributes);
        var epsilon = context.Attributes.Get("epsilon", 1e-5f);
        if (context.Node.Input(3) is { } residual)
        {
            context.Call(
                typeof(InstanceNormF32), nameof(InstanceNormF32.RunResidual), x, context.Input(1), context.Input(2), residual, context.Output, images, pixels, channels,
                epsilon, min, max);
            return;
        }

        context.Call(typeof(InstanceNormF32), nameof(InstanceNormF32.Run), x, context.Input(1), context.Input(2), context.Output, images, pixels, channels, epsilon, min, max);
    }
}
