using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// 1 with the probability that the input gives, else 0. https://onnx.ai/onnx/operators/onnx__Bernoulli.html
/// Versions: 15, 22 (bfloat16).
/// </summary>
internal sealed class Bernoulli : RandomOp
{
    public override IReadOnlyList<int> Versions => [15, 22];

    public override void Infer(InferContext context) => context.Output(0, context.Attributes.Has("dtype") ? context.Type(0).With((ElementType)context.Attributes.Get("dtype", 1L)) : context.Type(0));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0).Type.Element == ElementType.Double ? context.Input(0) : FloatArithmetic.Widened(context, context.Input(0));
        var isPlain = context.Output.Type.Element.IsNumber() && context.Output.Type.Element is not (ElementType.Float16 or ElementType.BFloat16);
        var y = isPlain ? context.Output : Value.Of($"{context.Output.Name}_f32", context.Output.Type.With(ElementType.Float));
        context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Bernoulli), x, y, Key(context));
        if (!isPlain)
        {
            Cast.Emit(context, y, context.Output);
        }
    }
}
