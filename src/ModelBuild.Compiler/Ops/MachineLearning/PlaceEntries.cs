using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Each value of a map at the place that its key says. Inputs: keys, values, what stands where there is no key; attribute size: how many places there are.</summary>
internal sealed class PlaceEntries : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        if (!context.HaveSameSize(0, 0, 1, 0))
        {
            throw new OperatorException($"a map cannot have keys {context.Type(0)} and values {context.Type(1)}");
        }

        context.Output(context.Type(1).Element, context.Attributes.Require<long>("size"));
    }

    public override void Lower(LowerContext context) => context.Call(typeof(MapEntries), nameof(MapEntries.Place), context.Input(0), context.Input(1), context.Input(2), context.Output);
}
