using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Where a slice begins along each axis, how far it steps and how many elements it takes, where a run computes them. Inputs: sizes, starts, ends, axes, steps.</summary>
internal sealed class SliceSizes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        for (var i = 0; i < 3; i++)
        {
            context.Output(i, context.Type(0));
        }
    }

    public override void Lower(LowerContext context)
    {
        var type = context.Input(1).Type;
        Value OrNone(int index) => context.Node.Input(index) ?? Value.Of("none", new Tensor(type.Element, [0], default));
        context.Call(
            typeof(AxisPlan), nameof(AxisPlan.Slice), context.Input(0), context.Input(1), context.Input(2), OrNone(3), OrNone(4),
            context.Node.Outputs[0]!, context.Node.Outputs[1]!, context.Node.Outputs[2]!);
    }
}
