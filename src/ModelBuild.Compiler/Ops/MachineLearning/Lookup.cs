using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Each element looked up among keys. Inputs: x, keys, values, the value of what is no key.</summary>
internal sealed class Lookup : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(0, context.Type(0).With(context.Type(2).Element));

    public override void Lower(LowerContext context) =>
        context.Call(typeof(LabelLookup), nameof(LabelLookup.Run), context.Input(0), context.Input(1), context.Input(2), context.Input(3), context.Output);
}
