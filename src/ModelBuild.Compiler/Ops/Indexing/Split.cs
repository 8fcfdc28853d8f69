using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Cuts x into parts along an axis: of the given sizes, or of equal sizes, the last one smaller where they do not divide.
/// https://onnx.ai/onnx/operators/onnx__Split.html
/// Versions: 1 (split as an input or attribute), 2 (attribute), 11 (negative axes), 13 (input), 18 (num_outputs).
/// </summary>
internal sealed class Split : Op
{
    public override IReadOnlyList<int> Versions => [1, 2, 11, 13, 18];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), x.Rank);
        var sizes = SizesOf(context.Attributes, context.Input(1) is null ? null : context.RequireSizes(1), context.Version, context.OutputCount, x[axis]);
        if (sizes.Count != context.OutputCount || Excess(sizes, x[axis]) is { IsConstant: true, Constant: not 0 })
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
        var sizes = SizesOf(context.Attributes, context.Node.Input(1)?.Elements, context.Node.Version, context.Node.Outputs.Count, x.Type[axis]);
        context.RequireZero(Excess(sizes, x.Type[axis]), $"the parts of axis {axis} are not as long as the axis");
        var first = Dim.Zero;
        foreach (var (part, size) in context.Node.Outputs.Zip(sizes))
        {
            if (part is not null)
            {
                var ranges = x.Type.Shape.Select(SliceRange.All).ToArray();
                ranges[axis] = new SliceRange(first, 1, size);
                Slice.Emit(context, x, ranges, part);
            }

            first += size;
        }
    }

    private static Dim Excess(IReadOnlyList<Dim> sizes, Dim axis) => sizes.Aggregate(Dim.Zero, (sum, size) => sum + size) - axis;

    private static IReadOnlyList<Dim> SizesOf(Attributes attributes, IReadOnlyList<Dim>? given, int version, int outputs, Dim axis) =>
        attributes.Ints("split") is { } split ? [.. split.Select(size => (Dim)size)] : given ?? EqualSizes(attributes, version, outputs, axis);

    private static Dim[] EqualSizes(Attributes attributes, int version, int outputs, Dim size)
    {
        var count = attributes.Int("num_outputs", outputs);
        if (count != outputs)
        {
            throw new OperatorException($"num_outputs is {count}, and there are {outputs} outputs");
        }

        if (size.IsConstant && size.Constant % count != 0 && version < 18)
        {
            throw new OperatorException($"a size of {size} cannot be cut into {count} equal parts");
        }

        // Rounded up; the last part is what is left.
        var part = Dim.ExactQuotient(size, count) ?? Dim.CeilDiv(size, count);
        return [.. Enumerable.Repeat(part, count - 1), size - (part * (count - 1))];
    }

    private static Dim[]? Part(IReadOnlyList<Dim>? elements, IReadOnlyList<Dim> sizes, int index) =>
        elements is not null && sizes.All(size => size.IsConstant)
            ? [.. elements.Skip((int)sizes.Take(index).Sum(size => size.Constant)).Take((int)sizes[index].Constant)]
            : null;
}
