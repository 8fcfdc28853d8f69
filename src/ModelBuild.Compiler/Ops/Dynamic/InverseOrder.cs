using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The order of axes that undoes another.</summary>
internal sealed class InverseOrder : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context) => context.Call(typeof(AxisPlan), nameof(AxisPlan.Inverse), context.Input(0), context.Output);
}
