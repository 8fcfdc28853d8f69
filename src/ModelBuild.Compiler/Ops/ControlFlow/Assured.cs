using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The first input, provided that the second, one truth value, holds: the run fails otherwise. How a branch is compiled whose alternative would give a value of another
/// rank, which nothing behind it could take.
/// </summary>
internal sealed class Assured : Op, IAliasOp
{
    public override string Domain => OwnDomain;

    public override bool IsFoldable => false;

    public override void Infer(InferContext context)
    {
        _ = context.NewSize("condition");
        context.Output(0, context.Type(0));
    }

    public override void Lower(LowerContext context)
    {
        var number = Value.Of($"{context.Output.Name}_condition", TensorType.Of(ElementType.Int64));
        var symbol = InferContext.SymbolsOf(context.Attributes)[0];
        context.Call(typeof(Kernels.Cast), nameof(Kernels.Cast.FromBool), context.Input(1), number);
        context.Bind(DimSymbol.Size(symbol), number, 0, saturates: false);
        context.RequireZero(Dim.One - Dim.Symbol(symbol), "the other branch gives a value of another rank, with which the model is not compiled");
        context.Alias(context.Output, context.Input(0));
    }
}
