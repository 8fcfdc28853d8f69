using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The tensors of a sequence, all of one rank, put together along an axis. Inputs: the elements, the sizes of all tensors, the sizes of the result.</summary>
internal sealed class JoinSequence : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(context.Type(0).Element, context.RequireSizes(2));

    public override void Lower(LowerContext context)
    {
        var (y, axis, isNew) = (context.Output.Type, context.Attributes.Int("axis", 0), context.Attributes.Flag("new_axis"));
        context.Call(
            typeof(TensorSequence), nameof(TensorSequence.Join), context.Input(0), context.Input(1), context.Output, KernelAxes.Extent(y.Shape, 0, axis), y[axis],
            KernelAxes.Extent(y.Shape, axis + 1, y.Rank), context.Attributes.Int("rank", 0), isNew ? -1 : axis);
    }
}
