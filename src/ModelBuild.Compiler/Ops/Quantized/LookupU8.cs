using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>Any function of one byte: DequantizeLinear, a unary operator, QuantizeLinear. Inputs: x u8; table u8 [256], constant.</summary>
internal sealed class LookupU8 : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context) =>
        context.Call(typeof(Kernels.LookupU8), nameof(Kernels.LookupU8.Run), context.Input(0), context.Input(1), context.Output);
}
