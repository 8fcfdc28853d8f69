using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The tokens of texts along a new last axis. Inputs: texts, how many columns there are. Attributes as of Tokenizer.</summary>
internal sealed class TokenizeTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.String, [.. context.Type(0).Shape, context.RequireSize(1)]);

    public override void Lower(LowerContext context)
    {
        var pad = context.Constant(Tensor.Of([context.Attributes.Require<string>("pad_value")], 1), "pad", string.Empty);
        context.Call(
            typeof(Kernels.Texts), nameof(Kernels.Texts.Tokenize), context.Input(0), CountTokens.Separators(context), CountTokens.Expression(context), pad, context.Output, context.Output.Type[-1],
            CountTokens.Shortest(context), context.Attributes.Flag("mark"));
    }
}
