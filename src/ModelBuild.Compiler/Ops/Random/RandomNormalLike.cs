using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Random numbers of a normal distribution, as many as the input has. https://onnx.ai/onnx/operators/onnx__RandomNormalLike.html</summary>
internal sealed class RandomNormalLike : RandomOp
{
    public override void Infer(InferContext context) => context.Output(0, context.Attributes.Has("dtype") ? context.Type(0).With((ElementType)context.Attributes.Get("dtype", 1L)) : context.Type(0));

    public override void Lower(LowerContext context) => Emit(context, y => context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Normal), y, Key(context), context.Attributes.Get("mean", 0f), context.Attributes.Get("scale", 1f)));
}
