using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The sizes of what <see cref="JoinSequence"/> gives. Inputs: the sizes of all tensors, their ranks. The run fails where tensors do not fit together.</summary>
internal sealed class JoinedShape : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Int64, context.Attributes.Int("rank", 0) + context.Attributes.Int("new_axis", 0));

    public override void Lower(LowerContext context) => context.Call(
        typeof(TensorSequence), nameof(TensorSequence.JoinedShape), context.Input(0), context.Input(1), context.Output, context.Attributes.Int("axis", 0), context.Attributes.Flag("new_axis"));
}
