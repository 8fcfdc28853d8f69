using System;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The pieces of a tensor one after another. Inputs: x, the size of every piece along the axis; the run fails where they do not sum up to x's.</summary>
internal sealed class SplitElements : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(context.Type(0).Element, context.Type(0).Length);

    public override void Lower(LowerContext context)
    {
        var (x, axis) = (context.Input(0).Type, context.Attributes.Int("axis", 0));
        context.Call(
            typeof(TensorSequence), nameof(TensorSequence.Split), context.Input(0), context.Input(1), context.Output, KernelAxes.Extent(x.Shape, 0, axis), x[axis],
            KernelAxes.Extent(x.Shape, axis + 1, x.Rank));
    }
}
