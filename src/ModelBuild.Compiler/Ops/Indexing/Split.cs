using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Cuts x into parts along an axis: of the given sizes, or of equal sizes, the last one smaller where they do not divide.
/// https://onnx.ai/onnx/operators/onnx__Split.html
/// Versions: 1 (split as an input or attribute), 2 (attribute), 11 (negative axes), 13 (input), 18 (num_outputs). Rejected: sizes that depend on data.
/// </summary>
internal sealed class Split : Op
{
    public override IReadOnlyList<int> Versions => [1, 2, 11, 13, 18];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), x.Rank);
        var given = context.Attributes.Ints("split") is { } split ? [.. split.Select(size => (Dim)size)] : context.Input(1) is null ? null : context.RequireElements(1);
        var sizes = given ?? EqualSizes(context, x[axis]);
        if (sizes.Count != context.OutputCount || !sizes.Aggregate(Dim.Zero, (sum, size) => sum + size).Equals(x[axis]))
        {
            throw new OperatorException($"axis {axis} of {x} cannot be cut into {context.OutputCount} parts of [{string.Join(",", sizes)}]");
        }

        for (var i = 0; i < sizes.Count; i++)
        {
            var shape = x.Shape.ToArray();
            shape[axis] = sizes[i];
            context.Output(i, x.With(shape), x.Rank == 1 ? Part(context.Elements(0), sizes, i) : null);
        }
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), x.Type.Rank);
        var first = Dim.Zero;
        foreach (var part in context.Node.Outputs)
        {
            // Outputs that nobody wants have no type here, so that the sizes of the others must say where they begin.
            if (part is null)
            {
                throw OperatorException.Unsupported("Split with an output that is left out is not supported");
            }

            var ranges = x.Type.Shape.Select(SliceRange.All).ToArray();
            ranges[axis] = new SliceRange(first, 1, part.Type[axis]);
            Slice.Emit(context, x, ranges, part);
            first += part.Type[axis];
        }
    }

    private static Dim[] EqualSizes(InferContext context, Dim size)
    {
        var count = context.Attributes.Int("num_outputs", context.OutputCount);
        if (size.IsConstant && size.Constant % count != 0 && context.Version < 18)
        {
            throw new OperatorException($"a size of {size} cannot be cut into {count} equal parts");
        }

        var part = Dim.ExactQuotient(size, count) ?? (size.IsConstant
            ? Dim.CeilDiv(size, count)
            : throw OperatorException.Unsupported($"whether a size of {size} divides into {count} equal parts is known only at run time", "Fix the size with Dimensions."));
        return [.. Enumerable.Repeat(part, count - 1), size - (part * (count - 1))];
    }

    private static Dim[]? Part(IReadOnlyList<Dim>? elements, IReadOnlyList<Dim> sizes, int index) =>
        elements is not null && sizes.All(size => size.IsConstant)
            ? [.. elements.Skip((int)sizes.Take(index).Sum(size => size.Constant)).Take((int)sizes[index].Constant)]
            : null;
}
