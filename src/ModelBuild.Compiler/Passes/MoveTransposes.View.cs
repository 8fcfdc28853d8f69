using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A view of a transposed value that cuts axes into several, or joins axes that are neighbours before the transpose, too, is a transpose of a view: the channel shuffle
/// of ShuffleNet and the flattened maps of a detector are of this kind.
/// </summary>
internal sealed partial class MoveTransposes
{
    private static bool MovePastView(GraphEditor editor, Node node)
    {
        if (!View.IsMeantBy(node) || Permutation.Of(editor.ProducerOf(node.Inputs[0])) is not { } permutation
            || Groups(node.Inputs[0]!.Type.Shape, node.Output.Type.Shape) is not { } groups)
        {
            return false;
        }

        // Of each group the axes before the transpose that say something, and the axes of the result.
        var x = editor.ProducerOf(node.Inputs[0])!.Inputs[0]!;
        var parts = groups.Select(group => (
            Before: group.From.Select(axis => permutation.Axes[axis]).Where(axis => !x.Type[(int)axis].Equals(Dim.One)).ToArray(),
            group.To)).ToArray();
        if (parts.Any(part => !AreNeighbours(x.Type, part.Before)))
        {
            return false;
        }

        // What has no axis but those of length 1 stays where it is.
        var places = new List<long>();
        foreach (var part in parts)
        {
            places.Add(part.Before.DefaultIfEmpty(places.LastOrDefault(-1)).First());
        }

        int[] order = [.. parts.Index().OrderBy(part => places[part.Index]).SelectMany(part => part.Item.To)];
        var after = new Permutation([.. Enumerable.Range(0, order.Length).Select(axis => (long)System.Array.IndexOf(order, axis))]);
        var view = View.To(order.Select(axis => node.Output.Type[axis]));
        if (after.IsIdentity)
        {
            editor.Replace([node], [GraphEditor.NodeFor(node.Output, "modelbuild.View", [x], view, [node])], node.Output);
            return true;
        }

        var inner = editor.Node("modelbuild.View", [x], view, [node], $"{node.Output.Name}_moved");
        editor.Replace([node], [inner, GraphEditor.NodeFor(node.Output, "Transpose", [inner.Output], after.ToAttributes(), [node])], node.Output);
        return true;
    }

    // Whether axes stand in this order one after the other, but for axes of length 1.
    private static bool AreNeighbours(TensorType type, long[] axes) => axes.Length < 2
        || axes.SequenceEqual(Enumerable.Range((int)axes[0], System.Math.Max(1, (int)(axes[^1] - axes[0] + 1))).Select(axis => (long)axis).Where(axis => !type[(int)axis].Equals(Dim.One)));

    // The smallest groups of neighbouring axes of either shape that have as many elements; null where the shapes do not match so.
    private static List<(IReadOnlyList<int> From, IReadOnlyList<int> To)>? Groups(IReadOnlyList<Dim> source, IReadOnlyList<Dim> to)
    {
        var groups = new List<(IReadOnlyList<int> From, IReadOnlyList<int> To)>();
        var (i, j) = (0, 0);
        while (i < source.Count || j < to.Count)
        {
            // One axis that stays one is best; else as few as possible.
            var sizes =
                from m in Enumerable.Range(0, source.Count - i + 1)
                from n in Enumerable.Range(0, to.Count - j + 1)
                where m + n > 0 && Extent(source, i, m).Equals(Extent(to, j, n))
                orderby (m, n) != (1, 1), m + n
                select (m, n);
            var (taken, given) = sizes.FirstOrDefault();
            if (taken + given == 0)
            {
                return null;
            }

            groups.Add(([.. Enumerable.Range(i, taken)], [.. Enumerable.Range(j, given)]));
            (i, j) = (i + taken, j + given);
        }

        return groups;
    }

    private static Dim Extent(IReadOnlyList<Dim> shape, int first, int count) => Dim.Product(shape.Skip(first).Take(count));
}
