using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Where a tensor of a sequence begins and ends, and its sizes. Inputs: the sizes of all tensors, their ranks, a position, which may count from the end. Attribute: the
/// rank, which the tensor must have.
/// </summary>
internal sealed class SequenceElement : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var rank = context.Attributes.Int("rank", 0);
        IReadOnlyList<Dim>? elements = null;
        if (Known(context) is var (shapes, ranks, position))
        {
            var at = Resolve(position, ranks.Length, isInsertion: false);
            if (ranks[at] != rank)
            {
                throw new OperatorException($"tensor {at} has the rank {ranks[at]} and not {rank}");
            }

            elements = [ElementsBefore(shapes, ranks, at), ElementsBefore(shapes, ranks, at + 1), .. shapes.Skip((int)ranks.Take(at).Sum()).Take(rank)];
        }

        context.Output(0, TensorType.Of(ElementType.Int64, 2 + rank), elements);
    }

    public override void Lower(LowerContext context) =>
        context.Call(typeof(TensorSequence), nameof(TensorSequence.Element), context.Input(0), context.Input(1), context.Input(2), context.Output);

    /// <summary>What is known at build time: all sizes, all ranks, and the position.</summary>
    public static (IReadOnlyList<Dim> Shapes, long[] Ranks, long Position)? Known(InferContext context) =>
        context.Elements(0) is { } shapes && context.Require(1).Constant is { } ranks && context.Require(2).Constant is { } position
            ? (shapes, [.. ranks.ToInt64()], position.ToInt64().First())
            : null;

    public static int Resolve(long position, int count, bool isInsertion)
    {
        var at = position < 0 ? position + count : position;
        return at >= 0 && at < count + (isInsertion ? 1 : 0) ? (int)at : throw new OperatorException($"position {position} is not in a sequence of {count}");
    }

    public static Dim ElementsBefore(IReadOnlyList<Dim> shapes, IReadOnlyList<long> ranks, int at)
    {
        var (sum, first) = (Dim.Zero, 0);
        foreach (var rank in ranks.Take(at))
        {
            sum += Dim.Product([.. shapes.Skip(first).Take((int)rank)]);
            first += (int)rank;
        }

        return sum;
    }
}
