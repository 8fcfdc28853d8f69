using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Local response normalization: x / (bias + alpha / size * (the sum of squares of the channels around it))^beta. https://onnx.ai/onnx/operators/onnx__LRN.html
/// Versions: 1, 13 (bfloat16).
/// </summary>
internal sealed class LRN : Op
{
    public override IReadOnlyList<int> Versions => [1, 13];

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var (shape, a) = (context.Input(0).Type.Shape, context.Attributes);
        FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => context.Call(
            typeof(LocalResponse), nameof(LocalResponse.Run), wide[0], y, shape[0], shape[1], KernelAxes.Extent(shape, 2, shape.Count), (int)a.Require<long>("size"), a.Get("alpha", 0.0001f), a.Get("beta", 0.75f), a.Get("bias", 1f)));
    }
}
