using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Where a tensor of a sequence lies: first element and end, first size and end, its index and the next. Inputs: the sizes of all tensors, their ranks, a position, which
/// may count from the end. With insertion=1 the position behind the last is one too.
/// </summary>
internal sealed class SequencePlace : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        IReadOnlyList<Dim>? elements = null;
        if (SequenceElement.Known(context) is var (shapes, ranks, position))
        {
            var at = SequenceElement.Resolve(position, ranks.Length, context.Attributes.Flag("insertion"));
            var (first, rank) = ((int)ranks.Take(at).Sum(), at < ranks.Length ? (int)ranks[at] : 0);
            var begin = SequenceElement.ElementsBefore(shapes, ranks, at);
            elements = [begin, at < ranks.Length ? SequenceElement.ElementsBefore(shapes, ranks, at + 1) : begin, first, first + rank, at, at < ranks.Length ? at + 1 : at];
        }

        context.Output(0, TensorType.Of(ElementType.Int64, 6), elements);
    }

    public override void Lower(LowerContext context) =>
        context.Call(typeof(TensorSequence), nameof(TensorSequence.Place), context.Input(0), context.Input(1), context.Input(2), context.Output, context.Attributes.Flag("insertion"));
}
