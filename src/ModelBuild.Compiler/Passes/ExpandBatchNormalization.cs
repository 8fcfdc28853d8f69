using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>A BatchNormalization that no layer takes becomes a multiplication and an addition, per channel.</summary>
internal sealed class ExpandBatchNormalization : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("BatchNormalization") && ChannelAffine.IsConstant(node)))
        {
            var affine = ChannelAffine.OfBatchNormalization(node);
            long[] shape = [affine.Scale.Length, .. Enumerable.Repeat(1L, node.Output.Type.Rank - 2)];
            var scaled = editor.Node("Mul", [node.Inputs[0], GraphEditor.Constant($"{node.Inputs[1]!.Name}_factor", Floats(affine.Scale, shape))], Attributes.None, [node], $"{node.Output.Name}_scaled");
            var shifted = GraphEditor.NodeFor(node.Output, "Add", [scaled.Output, GraphEditor.Constant($"{node.Inputs[2]!.Name}_shift", Floats(affine.Shift, shape))], Attributes.None, [node]);
            editor.Replace([node], [scaled, shifted], node.Output);
        }

        return editor.ToGraph();
    }

    private static Tensor Floats(double[] values, long[] shape) => Tensor.Of<float>([.. values.Select(value => (float)value)], shape);
}
