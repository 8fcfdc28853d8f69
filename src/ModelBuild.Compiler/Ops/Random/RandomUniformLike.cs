using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Random numbers of a uniform distribution, as many as the input has. https://onnx.ai/onnx/operators/onnx__RandomUniformLike.html</summary>
internal sealed class RandomUniformLike : RandomOp
{
    public override void Infer(InferContext context) => context.Output(0, context.Attributes.Has("dtype") ? context.Type(0).With((ElementType)context.Attributes.Get("dtype", 1L)) : context.Type(0));

    public override void Lower(LowerContext context) => Emit(context, y => context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Uniform), y, Key(context), context.Attributes.Get("low", 0f), context.Attributes.Get("high", 1f)));
}
