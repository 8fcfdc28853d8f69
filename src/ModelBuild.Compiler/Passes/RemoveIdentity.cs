using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>Takes out Identity, Cast to the type that a value has, and Dropout where it does nothing.</summary>
internal sealed class RemoveIdentity : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => DoesNothing(node) && node.Outputs.Skip(1).All(output => output is null || IsUnused(graph, output))))
        {
            editor.Remove(node);
            editor.Redirect(node.Output, node.Inputs[0]!);
        }

        return editor.ToGraph();
    }

    /// <summary>Whether the first output is the first input.</summary>
    public static bool DoesNothing(Node node) =>
        node.Is("Identity") || (node.Is("Cast") && node.Inputs[0]!.Type.Element == node.Output.Type.Element) || (node.Is("Dropout") && !Dropout.MayTrain(node));

    private static bool IsUnused(Graph graph, Value value) => !graph.IsOutput(value) && !graph.Consumers[value].Any();
}
