using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>NonMaxSuppression with room for all boxes, and how many there are. Inputs: boxes, scores, limit, overlap, threshold. Attribute: center.</summary>
internal sealed class SuppressBoxes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (boxes, scores) = (context.Type(0), context.Type(1));
        if (boxes.Rank != 3 || scores.Rank != 3)
        {
            throw new OperatorException($"{boxes} are no boxes for scores {scores}");
        }

        context.Output(ElementType.Int64, scores.Length, 3);
        context.Output(1, TensorType.Of(ElementType.Int64, 1));
    }

    public override void Lower(LowerContext context)
    {
        var scores = context.Input(1).Type;
        Value OrNone(int input, ElementType type) => context.Node.Input(input) ?? Value.Of("none", new Tensor(type, [0], default));
        context.Call(
            typeof(Kernels.SuppressBoxes), nameof(Kernels.SuppressBoxes.Run), context.Input(0), context.Input(1), OrNone(2, ElementType.Int64), OrNone(3, ElementType.Float), OrNone(4, ElementType.Float),
            context.Temporary(ElementType.Int32, scores[2], "scratch"), context.Node.Outputs[0]!, context.Node.Outputs[1]!, scores[0], scores[1], scores[2], context.Attributes.Flag("center"));
    }
}
