using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The scores of all pairs of classes, and the class that the most of them favour. Inputs: products [rows, vectors], coefficients [classes - 1, vectors], rho [pairs], where the
/// vectors of each class begin [classes + 1].
/// </summary>
internal sealed class SupportVotes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var rows = context.Type(0)[0];
        context.Output(0, TensorType.Of(ElementType.Float, rows, context.Type(2)[0]));
        context.Output(1, TensorType.Of(ElementType.Int64, rows));
    }

    public override void Lower(LowerContext context)
    {
        var (rows, classes) = (context.Input(0).Type[0], context.Input(3).Type[0] - 1);
        var scores = context.Node.Outputs[0] ?? context.Temporary(ElementType.Float, rows * context.Input(2).Type[0], "scores");
        var best = context.Node.Outputs[1] ?? context.Temporary(ElementType.Int64, rows, "best");
        context.Call(
            typeof(SupportVectors), nameof(SupportVectors.Vote), context.Input(0), context.Input(1), context.Input(2), context.Input(3), context.Temporary(ElementType.Int32, classes, "votes"), scores, best, rows, classes);
    }
}
