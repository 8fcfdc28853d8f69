using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Weights that are stored as 16-bit floats become 32-bit constants, which the layers pack; what is stored is decided again when the constants are written.
/// </summary>
internal sealed class FoldWidenedWeights : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var cast in graph.Nodes.Where(node => node.Is("Cast") && node.Inputs[0]!.Constant is { Type: ElementType.Float16 or ElementType.BFloat16 } && node.Output.Type.Element == ElementType.Float))
        {
            editor.Redirect(cast.Output, GraphEditor.Constant(cast.Output.Name, HalfWeights.Widen(cast.Inputs[0]!.Constant!)));
        }

        return editor.ToGraph();
    }
}
