using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Scores of words, minus infinity for those that would repeat ngram_size words in a row. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.NGramRepeatBlock</summary>
internal sealed class NGramRepeatBlock : Op
{
    public override string Domain => ContribOp.Microsoft;

    public override void Infer(InferContext context)
    {
        var (words, scores) = (context.Type(0), context.Type(1));
        if (words.Rank != 2 || scores.Rank != 2 || words.Element != ElementType.Int64 || scores.Element != ElementType.Float || !context.HaveSameSize(0, 0, 1, 0) || context.Attributes.Require<long>("ngram_size") < 1)
        {
            throw new OperatorException($"{scores} are no scores for words {words}");
        }

        context.Output(0, scores);
    }

    public override void Lower(LowerContext context)
    {
        var (words, scores) = (context.Input(0).Type, context.Input(1).Type);
        context.Call(typeof(Copy), nameof(Copy.Run), context.Input(1), context.Output);
        context.Call(typeof(RepeatedGrams), nameof(RepeatedGrams.Run), context.Input(0), context.Output, words[0], words[1], scores[1], context.Attributes.Int("ngram_size", 1));
    }
}
