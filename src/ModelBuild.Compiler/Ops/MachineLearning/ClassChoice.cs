using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Which class has the largest score, and the scores after post_transform. One column of scores is the margin of the second of two classes, or with probability=1 its
/// probability. With positive=1 the second of two classes is chosen wherever its score is above 0.
/// </summary>
internal sealed class ClassChoice : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var scores = context.Type(0);
        context.Output(ElementType.Int64, scores[0]);
        context.Output(1, scores.With(scores[0], scores[1].Equals(Dim.One) ? 2 : scores[1]));
    }

    public override void Lower(LowerContext context)
    {
        var scores = context.Input(0);
        var (best, probabilities) = (
            context.Node.Outputs[0] ?? context.Temporary(ElementType.Int64, scores.Type[0], "best"),
            context.Node.Outputs is [_, { } wanted] ? wanted : context.Temporary(ElementType.Float, scores.Type[0] * Dim.Max(scores.Type[1], 2), "probabilities"));
        var transform = PostTransforms.Of(context.Attributes);
        if (scores.Type[1].Equals(Dim.One))
        {
            context.Call(typeof(ClassScores), nameof(ClassScores.Two), scores, best, probabilities, scores.Type[0], transform, context.Attributes.Flag("probability"));
            return;
        }

        var isSecondIfPositive = context.Attributes.Flag("positive");
        context.Call(typeof(ClassScores), nameof(ClassScores.Many), scores, best, probabilities, scores.Type[0], scores.Type[1], transform, isSecondIfPositive);
    }
}
