using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The texts that StringNormalizer keeps. Inputs: texts, how many are kept.</summary>
internal sealed class NormalizeTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.String, context.RequireSize(1));

    public override void Lower(LowerContext context)
    {
        var letterCase = context.Attributes.Get("case_change_action", "NONE") switch
        {
            "NONE" => 0,
            "LOWER" => 1,
            "UPPER" => 2,
            var other => throw new OperatorException($"case_change_action=\"{other}\" is none of LOWER, UPPER and NONE"),
        };
        context.Call(typeof(Kernels.Texts), nameof(Kernels.Texts.Normalize), context.Input(0), StopWords(context), context.Output, context.Attributes.Flag("is_case_sensitive"), letterCase);
    }

    public static Value StopWords(LowerContext context) => context.Attributes.Get<string[]>("stopwords", []) is var words ? context.Constant(Tensor.Of(words, words.Length), "stopwords", string.Empty) : throw new InvalidOperationException();
}
