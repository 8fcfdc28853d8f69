using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Sizes with 1 for some axes (mode keep), without them (remove), or with them (insert), where a run computes the axes. Inputs: sizes, axes.</summary>
internal sealed class ChangeSizes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (rank, count) = (context.Type(0)[0], context.Type(1).Length);
        context.Output(ElementType.Int64, context.Attributes.Require<string>("mode") switch
        {
            "keep" => rank,
            "remove" => rank - count,
            _ => rank + count,
        });
    }

    public override void Lower(LowerContext context)
    {
        var method = context.Attributes.Require<string>("mode") switch
        {
            "keep" => nameof(AxisPlan.Keep),
            "remove" => nameof(AxisPlan.Remove),
            _ => nameof(AxisPlan.Insert),
        };
        context.Call(typeof(AxisPlan), method, context.Input(0), context.Input(1), context.Output);
    }
}
