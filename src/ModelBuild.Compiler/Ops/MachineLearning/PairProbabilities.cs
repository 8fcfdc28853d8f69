using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The probabilities of classes from the scores of all pairs of them. Inputs: scores [rows, pairs], slopes and offsets [pairs]. Attribute: classes.</summary>
internal sealed class PairProbabilities : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Float, context.Type(0)[0], context.Attributes.Require<long>("classes"));

    public override void Lower(LowerContext context)
    {
        var classes = context.Output.Type[1];
        context.Call(
            typeof(SupportVectors), nameof(SupportVectors.Couple), context.Input(0), context.Input(1), context.Input(2), context.Temporary(ElementType.Double, ((classes * 2) + 1) * classes, "scratch"), context.Output,
            context.Output.Type[0], classes);
    }
}
