using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Transpose by an order that a run computes. Inputs: x, its sizes, the order, the sizes of the result.</summary>
internal sealed class TransposeByOrder : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(context.Type(0).Element, context.RequireSizes(3));

    public override void Lower(LowerContext context) =>
        context.Call(typeof(TransposeBy), nameof(TransposeBy.Run), context.Input(0), context.Input(1), context.Input(2), context.Output);
}
