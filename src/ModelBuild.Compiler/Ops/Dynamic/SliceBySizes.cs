using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The slice that <see cref="SliceSizes"/> describes. Inputs: x, its sizes, first, step, count.</summary>
internal sealed class SliceBySizes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(context.Type(0).Element, context.RequireSizes(4));

    public override void Lower(LowerContext context) => context.Call(
        typeof(TransposeBy), nameof(TransposeBy.Slice), context.Input(0), context.Input(1), context.Input(2), context.Input(3), context.Input(4), context.Output);
}
