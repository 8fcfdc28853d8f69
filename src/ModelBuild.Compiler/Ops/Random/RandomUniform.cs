using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Random numbers of a uniform distribution. https://onnx.ai/onnx/operators/onnx__RandomUniform.html</summary>
internal sealed class RandomUniform : RandomOp
{
    public override void Infer(InferContext context) => context.Output((ElementType)context.Attributes.Get("dtype", 1L), [.. context.Attributes.Require<long[]>("shape").Select(size => (Dim)size)]);

    public override void Lower(LowerContext context) => Emit(context, y => context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Uniform), y, Key(context), context.Attributes.Get("low", 0f), context.Attributes.Get("high", 1f)));
}
