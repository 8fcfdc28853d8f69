using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>Texts of one shape put together, element by element.</summary>
internal sealed class ConcatTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context) => context.Call(typeof(Kernels.Texts), nameof(Kernels.Texts.Concat), context.Input(0), context.Input(1), context.Output);
}
