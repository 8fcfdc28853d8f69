using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The order in which axes that a run computes come last, and the sizes in that order. Inputs: sizes, axes.</summary>
internal sealed class AxesToEnd : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0));
        context.Output(1, context.Type(0));
    }

    public override void Lower(LowerContext context) =>
        context.Call(typeof(AxisPlan), nameof(AxisPlan.ToEnd), context.Input(0), context.Input(1), context.Node.Outputs[0]!, context.Node.Outputs[1]!);
}
