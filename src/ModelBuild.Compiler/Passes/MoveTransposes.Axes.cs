using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>Operators that work along some axes do so along others before a transpose: axis i behind it is axis <c>Axes[i]</c> of its input.</summary>
internal sealed partial class MoveTransposes
{
    private static bool MovePastAxes(GraphEditor editor, Node node)
    {
        if (node.Is("Concat"))
        {
            return MovePastConcat(editor, node);
        }

        if (node.Input(0) is not { } input || Permutation.Of(editor.ProducerOf(input)) is not { } permutation || OpsetForms.ChangedBetween(node.Op.Name, node.Version, node.Op.Versions[^1]))
        {
            return false;
        }

        var x = editor.ProducerOf(input)!.Inputs[0]!;
        if (node.Is("Split"))
        {
            return MovePastSplit(editor, node, x, permutation);
        }

        if (node.Op is DepthToSpace)
        {
            return MovePastDepthToSpace(editor, node, x, permutation);
        }

        if (Moved(editor, node, x, permutation) is not var (inner, after))
        {
            return false;
        }

        editor.Replace([node], [inner, GraphEditor.NodeFor(node.Output, "Transpose", [inner.Output], after.ToAttributes(), [node])], node.Output);
        return true;
    }

    // The same along the axes before the transpose, and the transpose that is then left to do.
    private static (Node Inner, Permutation After)? Moved(GraphEditor editor, Node node, Value x, Permutation permutation)
    {
        var rank = permutation.Axes.Count;
        long Before(long axis) => permutation.Axes[InferContext.Axis(axis, rank)];
        Node Again(IEnumerable<Value?> others, Attributes attributes) => editor.Node(node.Op.QualifiedName, [x, .. others], attributes, [node], $"{node.Output.Name}_moved");
        Value Axes(IEnumerable<long> axes) => GraphEditor.Constant("axes", Tensor.Of<long>([.. axes.Select(Before)], axes.Count()));
        switch (node.Op)
        {
            case SoftmaxOp:
                return (Again([], node.Attributes.With("axis", Before(node.Attributes.Get("axis", -1L)))), permutation);
            case ArgOp when node.Attributes.Get("axis", 0L) is var axis:
                return (Again([], node.Attributes.With("axis", Before(axis))), node.Attributes.Flag("keepdims", true) ? permutation : Without(permutation, [axis]));
            case ReduceOp when node.Input(1)?.Constant?.ToInt64() is { Length: > 0 } axes:
                return (Again([Axes(axes)], node.Attributes), node.Attributes.Flag("keepdims", true) ? permutation : Without(permutation, axes));
            case Gather when node.Inputs[1]!.Type.Rank <= 1 && node.Attributes.Get("axis", 0L) is var axis:
                return (Again([node.Inputs[1]], node.Attributes.With("axis", Before(axis))), node.Inputs[1]!.Type.Rank == 1 ? permutation : Without(permutation, [axis]));
            case Slice when (node.Input(3) is null && node.Inputs[1]!.Type.IsStatic) || node.Input(3)?.Constant is not null:
                var sliced = node.Input(3)?.Constant!.ToInt64() ?? [.. Enumerable.Range(0, (int)node.Inputs[1]!.Type.Length.Constant).Select(axis => (long)axis)];
                return (Again([node.Inputs[1], node.Inputs[2], Axes(sliced), node.Input(4)], node.Attributes), permutation);
            case Pad when node.Inputs[1]!.Constant is { } pads && node.Input(3) is null or { IsConstant: true }:
                var padded = node.Input(3)?.Constant!.ToInt64() ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
                return (Again([GraphEditor.Constant("pads", pads), node.Input(2), Axes(padded)], node.Attributes), permutation);
            case InstanceNormalization when node.Output.Type.Element == ElementType.Float && permutation.Axes[0] == 0 && permutation.Axes[1] == rank - 1:
                var epsilon = Attributes.Of(("epsilon", node.Attributes.Get("epsilon", 1e-5f)));
                return (editor.Node("modelbuild.InstanceNormalizationNhwc", [x, .. node.Inputs.Skip(1)], epsilon, [node], $"{node.Output.Name}_moved"), permutation);
            case ResizeAlong when node.Attributes.Int("axis", 0) is var axis:
                return (Again(node.Inputs.Skip(1), node.Attributes.With("place", node.Attributes.Get("place", (long)axis)).With("axis", Before(axis))), permutation);
            default:
                return null;
        }
    }

    // The permutation of the axes that are left when some are gone behind the transpose.
    private static Permutation Without(Permutation permutation, IEnumerable<long> axes)
    {
        var gone = axes.Select(axis => InferContext.Axis(axis, permutation.Axes.Count)).ToHashSet();
        long[] left = [.. permutation.Axes.Where((_, axis) => !gone.Contains(axis))];
        return new Permutation([.. left.Select(axis => (long)left.Count(other => other < axis))]);
    }

    // At least one of the inputs is transposed, and the others need not be.
    private static bool MovePastConcat(GraphEditor editor, Node node)
    {
        if (node.Inputs.Select(input => Permutation.Of(editor.ProducerOf(input))).FirstOrDefault(p => p is not null) is not { } permutation
            || MovedInputs(editor, node, permutation) is not var (inputs, views))
        {
            return false;
        }

        var axis = InferContext.Axis(node.Attributes.Get("axis", 1L), node.Output.Type.Rank);
        var inner = editor.Node("Concat", inputs, Attributes.Of(("axis", permutation.Axes[axis])), [node], $"{node.Output.Name}_moved");
        editor.Replace([node], [.. views, inner, GraphEditor.NodeFor(node.Output, "Transpose", [inner.Output], permutation.ToAttributes(), [node])], node.Output);
        return true;
    }

    // Each part is a slice of its own.
    private static bool MovePastSplit(GraphEditor editor, Node node, Value x, Permutation permutation)
    {
        var axis = InferContext.Axis(node.Attributes.Get("axis", 0L), permutation.Axes.Count);
        if (node.Outputs.Any(part => part is null || !part.Type[axis].IsConstant))
        {
            return false;
        }

        var first = 0L;
        foreach (var part in node.Outputs.OfType<Value>())
        {
            var end = first + part.Type[axis].Constant;
            Value Number(string name, long value) => GraphEditor.Constant(name, Tensor.Of<long>([value], 1));
            var slice = editor.Node("Slice", [x, Number("start", first), Number("end", end), Number("axis", permutation.Axes[axis])], Attributes.None, [node], $"{part.Name}_moved");
            editor.Replace([node], [slice, GraphEditor.NodeFor(part, "Transpose", [slice.Output], permutation.ToAttributes(), [node])], part);
            first = end;
        }

        return true;
    }

    // Blocks of pixels leave the channels of each pixel where they lie together: one transpose that moves rows of the channels of a block's row, where there were two of all values.
    private static bool MovePastDepthToSpace(GraphEditor editor, Node node, Value x, Permutation permutation)
    {
        Dim block = node.Attributes.Require<long>("blocksize");
        var y = node.Output.Type;
        if (permutation.Axes is not [0, 3, 1, 2] || !x.Type[3].Equals(y[1] * block * block))
        {
            return false;
        }

        var (batch, height, width) = (x.Type[0], x.Type[1], x.Type[2]);
        var isByRow = node.Attributes.Get("mode", "DCR") == "DCR";
        var parts = View.To(isByRow ? [batch, height, width, block, block, y[1]] : [batch, height, width, y[1], block, block]);
        var order = Attributes.Of(("perm", isByRow ? (long[])[0, 1, 3, 2, 4, 5] : [0, 1, 4, 2, 5, 3]));
        var apart = editor.Node("modelbuild.View", [x], parts, [node], $"{node.Output.Name}_parts");
        var placed = editor.Node("Transpose", [apart.Output], order, [node], $"{node.Output.Name}_placed");
        var image = editor.Node("modelbuild.View", [placed.Output], View.To(batch, y[2], y[3], y[1]), [node], $"{node.Output.Name}_moved");
        editor.Replace([node], [apart, placed, image, GraphEditor.NodeFor(node.Output, "Transpose", [image.Output], permutation.ToAttributes(), [node])], node.Output);
        return true;
    }
}
