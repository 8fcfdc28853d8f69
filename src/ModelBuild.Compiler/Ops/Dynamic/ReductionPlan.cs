using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What is reduced along as many axes as a run computes: the order in which they come last, the sizes in that order, the sizes as a matrix whose rows are reduced, and those of
/// the result. Inputs: sizes, axes.
/// </summary>
internal sealed class ReductionPlan : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0));
        context.Output(1, context.Type(0));
        context.Output(2, context.Type(0).With(2));
        context.Output(3, context.Type(0).With(context.Attributes.Require<long>("rank")));
    }

    public override void Lower(LowerContext context)
    {
        var outputs = context.Node.Outputs;
        context.Call(
            typeof(AxisPlan), nameof(AxisPlan.Reduction), context.Input(0), context.Input(1), outputs[0]!, outputs[1]!, outputs[2]!, outputs[3]!,
            context.Attributes.Flag("keepdims"), context.Attributes.Flag("takes_all"));
    }
}
