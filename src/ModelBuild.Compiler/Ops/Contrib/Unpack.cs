using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Rows of packed integers as floats. Attributes: bits, columns.</summary>
internal sealed class Unpack : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (bits, columns) = (context.Attributes.Require<long>("bits"), context.Attributes.Require<long>("columns"));
        context.Output(ElementType.Float, Dim.FloorDiv(context.Type(0).Length, ((columns * bits) + 7) / 8), columns);
    }

    public override void Lower(LowerContext context) =>
        context.Call(typeof(UnpackBits), nameof(UnpackBits.Run), context.Input(0), context.Output, context.Output.Type[0], context.Output.Type[1], context.Attributes.Int("bits", 4));
}
