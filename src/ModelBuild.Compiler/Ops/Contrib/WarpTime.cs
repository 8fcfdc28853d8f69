using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The cheapest way through a matrix of costs, with room for the longest, at the end of each row of [2, rows + columns]; and how many steps it has.</summary>
internal sealed class WarpTime : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var costs = context.Type(0);
        if (costs.Element != ElementType.Float || costs.Rank is < 2 or > 3 || (costs.Rank == 3 && !context.HasSize(0, 0, 1)))
        {
            throw new OperatorException($"{costs} is no matrix of costs");
        }

        context.Output(ElementType.Int32, 2, costs[-2] + costs[-1]);
        context.Output(1, TensorType.Of(ElementType.Int64, 1));
    }

    public override void Lower(LowerContext context)
    {
        var costs = context.Input(0).Type;
        context.Call(
            typeof(TimeWarp), nameof(TimeWarp.Run), context.Input(0), context.Temporary(ElementType.Float, costs[-1] + 1, "sums"), context.Temporary(ElementType.UInt8, costs[-2] * costs[-1], "steps"),
            context.Node.Outputs[0]!, context.Node.Outputs[1]!, costs[-2], costs[-1]);
    }
}
