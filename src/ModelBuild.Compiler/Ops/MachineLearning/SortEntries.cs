using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The values of a map in the order of its keys. Inputs: keys, values.</summary>
internal sealed class SortEntries : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        if (!context.HaveSameSize(0, 0, 1, 0))
        {
            throw new OperatorException($"a map cannot have keys {context.Type(0)} and values {context.Type(1)}");
        }

        context.Output(0, context.Type(1));
    }

    public override void Lower(LowerContext context)
    {
        var keys = context.Input(0);
        context.Call(typeof(MapEntries), nameof(MapEntries.Sort), keys, context.Input(1), context.Temporary(ElementType.Int64, keys.Type.Length, "keys"), context.Output);
    }
}
