using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The sizes of all pieces of a tensor. Inputs: their sizes along the axis, the tensor's sizes. With keepdims=0 the axis is left out.</summary>
internal sealed class SplitShapes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) =>
        context.Output(ElementType.Int64, context.Type(0)[0] * (context.Type(1)[0] - (context.Attributes.Flag("keepdims") ? 0 : 1)));

    public override void Lower(LowerContext context) => context.Call(
        typeof(TensorSequence), nameof(TensorSequence.SplitShapes), context.Input(0), context.Input(1), context.Output, context.Attributes.Int("axis", 0), context.Attributes.Flag("keepdims"));
}
