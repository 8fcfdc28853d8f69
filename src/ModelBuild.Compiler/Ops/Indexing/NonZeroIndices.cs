using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The indices of the elements that are not zero. Inputs: x, its sizes, how many there are.</summary>
internal sealed class NonZeroIndices : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Int64, context.Type(0).Rank, context.RequireSize(2));

    public override void Lower(LowerContext context) => context.Call(typeof(CountElements), nameof(CountElements.Indices), context.Input(0), context.Input(1), context.Output);
}
