using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>How many texts StringNormalizer keeps.</summary>
internal sealed class CountKeptTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.Int64, 1);

    public override void Lower(LowerContext context) => context.Call(
        typeof(Kernels.Texts), nameof(Kernels.Texts.CountKept), context.Input(0), NormalizeTexts.StopWords(context), context.Output, context.Attributes.Flag("is_case_sensitive"));
}
