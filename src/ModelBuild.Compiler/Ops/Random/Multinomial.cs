using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Classes drawn by the logarithms of their probabilities. https://onnx.ai/onnx/operators/onnx__Multinomial.html
/// Versions: 7, 22 (bfloat16).
/// </summary>
internal sealed class Multinomial : RandomOp
{
    public override IReadOnlyList<int> Versions => [7, 22];

    public override void Infer(InferContext context) => context.Output((ElementType)context.Attributes.Get("dtype", 6L), context.Type(0)[0], context.Attributes.Get("sample_size", 1L));

    public override void Lower(LowerContext context)
    {
        var x = FloatArithmetic.Widened(context, context.Input(0));
        context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Multinomial), x, context.Output, x.Type[0], x.Type[1], context.Output.Type[1], Key(context));
    }
}
