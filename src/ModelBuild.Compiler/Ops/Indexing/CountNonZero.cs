using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>How many elements are not zero.</summary>
internal sealed class CountNonZero : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Int64, 1);

    public override void Lower(LowerContext context) => context.Call(typeof(CountElements), nameof(CountElements.NonZero), context.Input(0), context.Output);
}
