using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>How many columns the tokens of texts need. Attributes as of Tokenizer.</summary>
internal sealed class CountTokens : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Int64, 1);

    public override void Lower(LowerContext context) => context.Call(
        typeof(Kernels.Texts), nameof(Kernels.Texts.CountTokens), context.Input(0), Separators(context), Expression(context), context.Output, Shortest(context), context.Attributes.Flag("mark"));

    public static Value Separators(LowerContext context) => Strings(context, "separators", context.Attributes.Get<string[]>("separators", []));

    public static Value Expression(LowerContext context) =>
        Strings(context, "expression", context.Attributes.Get<string[]>("separators", []).Length == 0 ? [context.Attributes.Require<string>("tokenexp")] : []);

    public static int Shortest(LowerContext context) => context.Attributes.Int("mincharnum", 1);

    private static Value Strings(LowerContext context, string role, string[] texts) => context.Constant(Tensor.Of(texts, texts.Length), role, string.Empty);
}
