using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>Forms of what follows the scores of the classifiers and regressors of ai.onnx.ml.</summary>
internal static class ScoreForms
{
    // A transform that no operator of ai.onnx has is written as a regressor whose coefficients are the unit matrix, which is a list in the node.
    private const int MostTargets = 512;

    public static bool Choice(FormContext f)
    {
        var scores = f.Node.Inputs[0]!;
        var transform = PostTransforms.Of(f.Node.Attributes);
        if (scores.Type[1].Equals(Dim.One))
        {
            return transform != PostTransform.Probit && OfTwo(f, scores, transform);
        }

        var best = f.Node.Attributes.Flag("positive")
            ? f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), f.Add("Greater", f.Add("Gather", Attributes.Of(("axis", 1)), scores, FormContext.Constant(Tensor.Scalar(1L))), Scalar(0)))
            : f.Add("ArgMax", Attributes.Of(("axis", 1), ("keepdims", 0)), scores);
        f.Output(0, best);
        return !f.Wants(1) || (Transformed(f, scores) is { } transformed && Give(f, 1, transformed));
    }

    public static bool Transform(FormContext f) => Transformed(f, f.Node.Inputs[0]!) is { } transformed && Give(f, 0, transformed);

    // One score: of the second class, of which the first is the rest or the opposite.
    private static bool OfTwo(FormContext f, Value score, int transform)
    {
        var isProbability = f.Node.Attributes.Flag("probability");
        var isSecond = f.Add("Greater", score, Scalar(isProbability ? 0.5f : 0));
        f.Output(0, f.Add("Squeeze", f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), isSecond), FormContext.Constant(1)));
        Value Both(Value first, Value second) => f.Add("Concat", Attributes.Of(("axis", 1)), first, second);
        if (isProbability)
        {
            f.Output(1, Both(f.Add("Sub", Scalar(1), score), score));
        }
        else if (transform == PostTransform.Logistic)
        {
            f.Output(1, f.Add("Sigmoid", Both(f.Add("Neg", score), score)));
        }
        else
        {
            var opposite = f.Add("Neg", score);
            f.Output(1, Both(f.Add("Where", isSecond, opposite, score), f.Add("Where", isSecond, score, opposite)));
        }

        return true;
    }

    private static Value? Transformed(FormContext f, Value scores)
    {
        var transform = PostTransforms.Of(f.Node.Attributes);
        if (transform is PostTransform.None)
        {
            return scores;
        }

        if (transform is PostTransform.Logistic)
        {
            return f.Add("Sigmoid", scores);
        }

        if (scores.Type.Rank != 2 || !scores.Type[1].IsConstant || scores.Type[1].Constant is > MostTargets or < 1 || scores.Type.Element != ElementType.Float)
        {
            return null;
        }

        var targets = (int)scores.Type[1].Constant;
        float[] unit = [.. Enumerable.Range(0, targets * targets).Select(i => i % (targets + 1) == 0 ? 1f : 0f)];
        var attributes = Attributes.Of(("coefficients", unit), ("targets", targets), ("post_transform", f.Node.Attributes.Require<string>("post_transform")));
        return f.Add(OpRegistry.Get("ai.onnx.ml.LinearRegressor"), attributes, [scores], scores.Type)[0];
    }

    private static bool Give(FormContext f, int index, Value value)
    {
        f.Output(index, value);
        return true;
    }

    private static Value Scalar(float value) => FormContext.Constant(Tensor.Scalar(value));
}
