using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// The first convolution of a network for images gets planes, which are put together to pixels, and then copied once more to be padded. Where both happen, and nothing else
/// reads the pixels, one pass over the data does it.
/// </summary>
internal sealed class PadFromPlanes : Pass
{
    private static readonly Permutation ToPixels = new([0, 2, 3, 1]);

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var layer in graph.Nodes)
        {
            if (layer.Op is ConvNhwc && layer.Inputs[0]!.Type.Element == ElementType.Float && new ConvGeometry(layer).ReadsPaddedCopy
                && graph.ProducerOf(layer.Inputs[0]) is { } transpose && ToPixels.Equals(Permutation.Of(transpose))
                && graph.OnlyConsumerOf(transpose.Output) == layer && !layer.Inputs.Skip(1).Contains(transpose.Output))
            {
                var fused = GraphEditor.NodeFor(layer.Output, layer.Op.QualifiedName, [transpose.Inputs[0], .. layer.Inputs.Skip(1)], ConvPlanes.With(layer.Attributes), [transpose, layer]);
                editor.Replace([transpose, layer], [fused], layer.Output);
            }
        }

        return editor.ToGraph();
    }
}
