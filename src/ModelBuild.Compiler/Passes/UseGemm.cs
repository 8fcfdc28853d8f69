using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>A MatMul of a matrix with constant weights, and the constant vector that is added to it, become a Gemm.</summary>
internal sealed class UseGemm : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("MatMul") && node.Inputs[0]!.Type.Rank == 2 && node.Inputs[1]!.Constant is { Dims.Count: 2, Type: ElementType.Float }))
        {
            if (graph.OnlyConsumerOf(node.Output) is { } add && add.Is("Add") && add.Output.Type.Equals(node.Output.Type)
                && add.Inputs.FirstOrDefault(input => input != node.Output) is { Constant: { } bias } summand
                && (bias.Length == 1 || (bias.Dims[^1] == bias.Length && bias.Length == node.Output.Type[1].Constant)))
            {
                var c = GraphEditor.Constant(summand.Name, bias.Reshaped(bias.Length));
                editor.Replace([node, add], [GraphEditor.NodeFor(add.Output, "Gemm", [node.Inputs[0], node.Inputs[1], c], Attributes.None, [node, add])], add.Output);
            }
            else
            {
                editor.Replace([node], [GraphEditor.NodeFor(node.Output, "Gemm", [node.Inputs[0], node.Inputs[1]], Attributes.None, [node])], node.Output);
            }
        }

        return editor.ToGraph();
    }
}
