using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Floats written with six digits behind the point.</summary>
internal sealed class FixedTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0).With(ElementType.String));

    public override void Lower(LowerContext context) => context.Call(typeof(CastText), nameof(CastText.ToFixedText), context.Input(0), context.Output);
}
