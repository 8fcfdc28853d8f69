using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The sizes that the operands of Reshape mean, where the target is computed from data: inputs are the input's sizes and the target. Attribute: allowzero.</summary>
internal sealed class ResolveShape : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(1).With(ElementType.Int64));

    public override void Lower(LowerContext context) => context.Call(
        typeof(Kernels.ReshapeSizes), nameof(Kernels.ReshapeSizes.Run), context.Input(0), context.Input(1), context.Output, context.Attributes.Flag("allowzero"));
}
