using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The same values with the sizes that the second input gives, whose product is the number of values: whoever computes the sizes has seen to it. Costs nothing.
/// </summary>
internal sealed class ViewAs : Op, IAliasOp
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0).With(context.RequireSizes(1)), context.Type(1).Length.Constant <= 1 ? context.Elements(0) : null);

    public override void Lower(LowerContext context) => context.Alias(context.Output, context.Input(0));
}
