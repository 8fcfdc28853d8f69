using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x[starts:ends:steps] along the given axes, by the rules of Python. https://onnx.ai/onnx/operators/onnx__Slice.html
/// Versions: 1 (attributes, no steps), 10 (inputs), 11 (negative axes), 13 (bfloat16).
/// </summary>
internal sealed class Slice : Op
{
    public override IReadOnlyList<int> Versions => [1, 10, 11, 13];

    /// <summary>Axes and steps that a run computes: where the slice begins and how much it takes follow from a kernel.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version < 10 || ((context.Input(3)?.IsConstant ?? true) && (context.Input(4)?.IsConstant ?? true)))
        {
            return false;
        }

        var sizes = context.ShapeOf(context.Require(0));
        var plan = context.AddAll($"{OwnDomain}.{nameof(SliceSizes)}", 3, Attributes.None, sizes, context.Require(1), context.Require(2), context.Input(3), context.Input(4));
        context.Output(0, context.Add($"{OwnDomain}.{nameof(SliceBySizes)}", context.Require(0), sizes, plan[0], plan[1], plan[2]));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var ranges = Ranges(x, context.Version < 10 ? AttributeBounds(context.Attributes) : InputBounds(context));
        context.Output(0, x.With([.. ranges.Select(range => range.Length)]), Elements(context, ranges));
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var ranges = Ranges(x.Type, context.Node.Version < 10 ? AttributeBounds(context.Attributes) : InputBounds(context.Node));
        Emit(context, x, ranges, context.Output);
    }

    /// <summary>Emits the copy of a part of <paramref name="x"/>.</summary>
    public static void Emit(LowerContext context, Value x, IReadOnlyList<SliceRange> ranges, Value y)
    {
        if (ranges.Select((range, axis) => range == SliceRange.All(x.Type[axis])).All(whole => whole))
        {
            context.Alias(y, x);
            return;
        }

        var strides = KernelAxes.Strides(x.Type.Shape);
        var start = ranges.Select((range, axis) => range.First * strides[axis]).Aggregate(Dim.Zero, (sum, offset) => sum + offset);
        new StridedLayout(start, ranges.Select((range, axis) => (range.Length, strides[axis] * range.Step))).Emit(context, x, y);
    }

    private static SliceRange[] Ranges(TensorType x, SliceBounds bounds)
    {
        var ranges = x.Shape.Select(SliceRange.All).ToArray();
        if (bounds.Starts.Count != bounds.Ends.Count)
        {
            throw new OperatorException($"{bounds.Starts.Count} starts and {bounds.Ends.Count} ends are given");
        }

        foreach (var others in new[] { bounds.Axes, bounds.Steps })
        {
            if (others is not null && others.Count != bounds.Starts.Count)
            {
                throw new OperatorException($"{bounds.Starts.Count} starts and {others.Count} {(others == bounds.Axes ? "axes" : "steps")} are given");
            }
        }

        if (bounds.Axes is null && bounds.Starts.Count > x.Rank)
        {
            throw new OperatorException($"{bounds.Starts.Count} starts are given for {x}");
        }

        for (var i = 0; i < bounds.Starts.Count; i++)
        {
            var axis = InferContext.Axis(bounds.Axes?[i].Constant ?? i, x.Rank);
            ranges[axis] = SliceRange.Of(x[axis], bounds.Starts[i], bounds.Ends[i], bounds.Steps?[i] ?? Dim.One);
        }

        return ranges;
    }

    private static SliceBounds AttributeBounds(Attributes attributes)
    {
        static IReadOnlyList<Dim> Dims(long[] values) => [.. values.Select(value => (Dim)value)];
        return new SliceBounds(
            Dims(attributes.Require<long[]>("starts")), Dims(attributes.Require<long[]>("ends")), attributes.Ints("axes") is { } axes ? Dims(axes) : null, null);
    }

    private static SliceBounds InputBounds(InferContext context) => new(
        context.RequireElements(1, saturates: true),
        context.RequireElements(2, saturates: true),
        context.Input(3) is null ? null : [.. context.RequireConstant(3).ToInt64().Select(axis => (Dim)axis)],
        context.Input(4) is null ? null : context.RequireElements(4));

    private static SliceBounds InputBounds(Node node) =>
        new(node.Inputs[1]!.Elements!, node.Inputs[2]!.Elements!, node.Input(3)?.Elements, node.Input(4)?.Elements);

    private static Dim[]? Elements(InferContext context, SliceRange[] ranges)
    {
        if (context.Elements(0) is not { } elements || ranges is not [{ First.IsConstant: true, Length.IsConstant: true } range])
        {
            return null;
        }

        return [.. Enumerable.Range(0, (int)range.Length.Constant).Select(i => elements[(int)(range.First.Constant + (i * range.Step))])];
    }

    private readonly record struct SliceBounds(IReadOnlyList<Dim> Starts, IReadOnlyList<Dim> Ends, IReadOnlyList<Dim>? Axes, IReadOnlyList<Dim>? Steps);
}
