using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>DequantizeLinear of two tensors of one shape, Add, QuantizeLinear. Inputs a and b, u8. Attributes: <see cref="QuantizedAdd"/>.</summary>
internal sealed class AddU8 : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context) =>
        context.Call(typeof(Kernels.AddU8), nameof(Kernels.AddU8.Run), context.Input(0), context.Input(1), context.Output, QuantizedAdd.Of(context.Attributes));
}
