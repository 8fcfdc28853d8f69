using System.Linq;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Nodes of old operator sets get the form of the newest: bounds and axes that were attributes become constant inputs. So the passes that follow know one form of
/// each operator, and may make a node of the same operator again. What has no new form stays as it is.
/// </summary>
internal sealed class UseNewForms : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Op.Domain.Length == 0))
        {
            // Only the export renames an operator.
            var newest = node.Op.Versions[^1];
            if (OpsetForms.ChangedBetween(node.Op.Name, node.Version, newest) && OpsetForms.TryIn(node, newest) is { Op: null } form && Infers(node, form))
            {
                editor.Replace(node, new Node(node.Op, newest, form.Inputs, node.Outputs, form.Attributes, node.Origins));
            }
        }

        return editor.ToGraph();
    }

    // The operator must give every output the type it had.
    private static bool Infers(Node node, NodeForm form)
    {
        var context = new InferContext(node.Op.Versions[^1], form.Inputs, form.Attributes, node.Outputs.Count);
        node.Op.Infer(context);
        return node.Outputs.Select((output, i) => output is null || context.Result(i)?.Type.Equals(output.Type) == true).All(same => same);
    }
}
