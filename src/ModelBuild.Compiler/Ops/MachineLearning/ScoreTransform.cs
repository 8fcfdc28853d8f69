using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Rows of scores after the attribute post_transform of ai.onnx.ml.</summary>
internal sealed class ScoreTransform : Op
{
    public override string Domain => OwnDomain;

    /// <summary>The scores after the transform that the attributes of an operator name.</summary>
    public static Value Of(FunctionContext f, Value scores) => PostTransforms.Of(f.Attributes) == PostTransform.None
        ? scores
        : f.Add($"{OwnDomain}.{nameof(ScoreTransform)}", Attributes.Of(("post_transform", f.Attributes.Get("post_transform", "NONE"))), scores);

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (PostTransforms.Of(context.Attributes) == PostTransform.None)
        {
            context.Alias(context.Output, x);
            return;
        }

        var last = x.Type[x.Type.Rank - 1];
        context.Call(typeof(ClassScores), nameof(ClassScores.Transform), x, context.Output, KernelAxes.Extent(x.Type.Shape, 0, x.Type.Rank - 1), last, PostTransforms.Of(context.Attributes));
    }
}
