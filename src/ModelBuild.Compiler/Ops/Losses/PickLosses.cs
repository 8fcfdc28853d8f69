using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Of each sample, the weighted loss at its class, and the weight: what NegativeLogLikelihoodLoss reduces. Inputs: logarithms of probabilities, targets, weights.
/// Attribute: ignore_index.
/// </summary>
internal sealed class PickLosses : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var type = x.With([x[0], .. x.Shape.Skip(2)]);
        if (x.Rank < 2 || context.Type(1).Rank != x.Rank - 1 || Enumerable.Range(0, x.Rank - 1).Any(i => !context.HaveSameSize(0, i == 0 ? 0 : i + 1, 1, i)))
        {
            throw new OperatorException($"{x} has no classes for targets {context.Type(1)}");
        }

        context.Output(0, type);
        context.Output(1, type);
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        context.Call(
            typeof(Kernels.PickLosses), nameof(Kernels.PickLosses.Run), x, context.Input(1), context.Node.Input(2) ?? Value.Of("none", new Tensor(x.Type.Element, [0], default)),
            context.Node.Outputs[0]!, context.Node.Outputs[1]!, x.Type[0], x.Type[1], KernelAxes.Extent(x.Type.Shape, 2, x.Type.Rank),
            context.Attributes.Has("ignore_index"), context.Attributes.Get("ignore_index", 0L));
    }
}
