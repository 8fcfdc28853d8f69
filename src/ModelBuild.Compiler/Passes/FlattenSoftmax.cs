using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Up to operator set 12, Softmax, LogSoftmax and Hardmax take all axes from the given one on as one axis. Where several of them are longer than 1, the newer form says
/// it on a matrix: Softmax(x, axis) = Reshape(Softmax(Flatten(x, axis), 1), Shape(x)).
/// </summary>
internal sealed class FlattenSoftmax : Pass
{
    private const int OneAxisFrom = 13;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => (node.Is("Softmax") || node.Is("LogSoftmax") || node.Is("Hardmax")) && node.Version < OneAxisFrom))
        {
            var (x, shape) = (node.Inputs[0]!, node.Inputs[0]!.Type.Shape);
            var axis = node.Attributes.Get("axis", 1L);
            axis = axis < 0 ? axis + shape.Count : axis;
            if (shape.Skip((int)axis).Count(dim => !dim.Equals(Dim.One)) < 2)
            {
                continue; // UseNewForms finds the one axis that is meant.
            }

            var flat = editor.Node("Flatten", [x], Attributes.Of(("axis", axis)), [node], $"{node.Output.Name}_flat");
            var soft = editor.Node(node.Op.Name, [flat.Output], Attributes.Of(("axis", 1L)), [node], $"{node.Output.Name}_soft");
            var sizes = shape.All(dim => dim.IsConstant) ? null : editor.Node("Shape", [x], Attributes.None, [node], $"{node.Output.Name}_shape");
            var target = sizes?.Output ?? GraphEditor.Constant($"{node.Output.Name}_shape", Tensor.Vector([.. shape.Select(dim => dim.Constant)]));
            Node[] all = [flat, soft, .. sizes is null ? (Node[])[] : [sizes], GraphEditor.NodeFor(node.Output, "Reshape", [soft.Output, target], Attributes.None, [node])];
            editor.Replace([node], all, node.Output);
        }

        return editor.ToGraph();
    }
}
