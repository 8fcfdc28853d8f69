using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>A maximum over windows of 2x2 that do not overlap becomes part of the convolution before it, whose output then never gets into memory.</summary>
internal sealed class FuseMaxPool : Pass
{
    private const int Pool = 2;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var pool in graph.Nodes.Where(node => node.Op is MaxPoolNhwc && IsPlain(node)))
        {
            if (graph.ProducerOf(pool.Inputs[0]) is { Op: IPoolingOp op } layer && ConvPooling.Of(layer.Attributes) == 1 && graph.OnlyConsumerOf(layer.Output) == pool && op.CanPool(layer))
            {
                var fused = GraphEditor.NodeFor(pool.Output, layer.Op.QualifiedName, layer.Inputs, ConvPooling.With(layer.Attributes, Pool), [layer, pool]);
                editor.Replace([layer, pool], [fused], pool.Output);
            }
        }

        return editor.ToGraph();
    }

    private static bool IsPlain(Node pool)
    {
        var x = pool.Inputs[0]!.Type;
        var window = Window.Of(pool.Attributes, [x[1], x[2]], null);
        return window.IsUnpadded && window.Kernel.Concat(window.Strides).All(size => size == Pool) && window.Dilations.All(step => step == 1);
    }
}
