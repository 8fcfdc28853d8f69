using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>The sum of a layer's output and another value of the same shape becomes part of the layer: a residual connection.</summary>
internal sealed class FuseResidual : Pass
{
    private const int ResidualInput = 3;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("Add") && node.Inputs.All(input => input!.Type.Equals(node.Output.Type))))
        {
            // The later one of the two sums, so that the other is there when it runs.
            var layer = node.Inputs.Select(graph.ProducerOf).Where(producer => producer is not null && CanTake(graph, editor, producer, node)).MaxBy(producer => Position(graph, producer!));
            if (layer is null || node.Inputs[0] == node.Inputs[1])
            {
                continue;
            }

            var residual = node.Inputs.Single(input => input != layer.Output);
            var fused = GraphEditor.NodeFor(node.Output, layer.Op.QualifiedName, [layer.Inputs[0], layer.Inputs[1], layer.Input(2), residual, layer.Input(4)], layer.Attributes, [layer, node]);
            editor.Replace([layer, node], [fused], node.Output);
        }

        return editor.ToGraph();
    }

    private static bool CanTake(Graph graph, GraphEditor editor, Node layer, Node add) =>
        layer.Op is IClampedOp && !IsDepthwise(layer) && layer.Input(ResidualInput) is null && Clamp.IsNone(layer.Attributes) && !editor.IsReplaced(layer)
        && graph.OnlyConsumerOf(layer.Output) == add;

    // The depthwise kernel is bound by memory, and adds nothing.
    private static bool IsDepthwise(Node layer) => layer.Attributes.Int("group", 1) > 1;

    private static int Position(Graph graph, Node node) => graph.Nodes.Index().First(pair => pair.Item == node).Index;
}
