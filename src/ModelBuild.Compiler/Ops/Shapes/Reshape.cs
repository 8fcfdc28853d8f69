using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The same elements in another shape. In the shape, one -1 stands for whatever is left, and 0 for the input's dimension at that place (with allowzero=1 for 0).
/// https://onnx.ai/onnx/operators/onnx__Reshape.html
/// Versions: 1 (shape is an attribute), 5 (shape is an input), 13, 14 (allowzero), 19, 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Reshape : ShapeOp
{
    public override IReadOnlyList<int> Versions => [1, 5, 13, 14, 19, 21, 23, 24, 25];

    /// <summary>A shape that only a run computes is resolved by a kernel, and its sizes are bound.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version < 5 || context.Require(1).Elements is not null)
        {
            return false;
        }

        var sizes = context.Add($"{OwnDomain}.{nameof(ResolveShape)}", context.Attributes, context.ShapeOf(context.Require(0)), context.Require(1));
        context.Output(0, context.Add($"{OwnDomain}.{nameof(ViewAs)}", context.Require(0), sizes));
        return true;
    }

    protected override IReadOnlyList<Dim> ShapeOf(InferContext context)
    {
        var type = context.Type(0);
        IReadOnlyList<Dim> target = context.Version < 5
            ? [.. context.Attributes.Require<long[]>("shape").Select(size => (Dim)size)]
            : context.RequireElements(1);
        var copiesZero = !context.Attributes.Flag("allowzero");
        var shape = target.Select((size, axis) => size.Equals(Dim.Zero) && copiesZero ? Copied(type, axis) : size).ToArray();
        var open = Enumerable.Range(0, shape.Length).Where(axis => shape[axis].Equals(-1)).ToArray();
        if (open.Length > 1 || shape.Any(size => size.IsConstant && size.Constant < -1))
        {
            throw new OperatorException($"[{string.Join<Dim>(",", target)}] is not a shape");
        }

        if (open is [var axis])
        {
            var others = Dim.Product(shape.Where((_, i) => i != axis));
            if (others.Equals(Dim.Zero))
            {
                throw new OperatorException($"[{string.Join<Dim>(",", target)}] leaves the size of axis {axis} open, since another axis is 0");
            }

            shape[axis] = Left(type.Shape, shape.Where((_, i) => i != axis));
        }

        CheckLength(type, shape, target);
        return shape;
    }

    // What the other sizes leave of the elements. Sizes that stay cancel, so that the quotient is simple, and defined where they are 0.
    private static Dim Left(IEnumerable<Dim> from, IEnumerable<Dim> others)
    {
        var (dividend, divisor) = (from.ToList(), new List<Dim>());
        foreach (var size in others)
        {
            if (!dividend.Remove(size))
            {
                divisor.Add(size);
            }
        }

        return Dim.FloorDiv(Dim.Product(dividend), Dim.Product(divisor));
    }

    private static Dim Copied(TensorType type, int axis) =>
        axis < type.Rank ? type[axis] : throw new OperatorException($"the shape copies axis {axis}, which {type} does not have");

    private static void CheckLength(TensorType type, IReadOnlyList<Dim> shape, IReadOnlyList<Dim> target)
    {
        var length = Dim.Product(shape);
        if (!length.Equals(type.Length) && length.IsConstant && type.Length.IsConstant)
        {
            throw new OperatorException($"{type} has {type.Length} elements, and [{string.Join(",", target)}] has {length}");
        }
    }

    /// <summary>Where symbols stand for anything, the run shows whether the sizes agree.</summary>
    public override void Lower(LowerContext context)
    {
        context.RequireZero(context.Output.Type.Length - context.Input(0).Type.Length, $"{context.Input(0).Type} and {context.Output.Type} have not as many elements");
        base.Lower(context);
    }
}
