using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Random numbers of a normal distribution. https://onnx.ai/onnx/operators/onnx__RandomNormal.html</summary>
internal sealed class RandomNormal : RandomOp
{
    public override void Infer(InferContext context) => context.Output((ElementType)context.Attributes.Get("dtype", 1L), [.. context.Attributes.Require<long[]>("shape").Select(size => (Dim)size)]);

    public override void Lower(LowerContext context) => Emit(context, y => context.Call(typeof(RandomNumbers), nameof(RandomNumbers.Normal), y, Key(context), context.Attributes.Get("mean", 0f), context.Attributes.Get("scale", 1f)));
}
