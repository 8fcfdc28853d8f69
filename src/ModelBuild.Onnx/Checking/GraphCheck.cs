using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx.Checking;

/// <summary>
/// Checks names: each value has one producer, and everything that is used is produced where it can be seen. A nested graph may give a
/// value a name that is also used around it; inside, it then means the inner one.
/// </summary>
/// <param name="report">Where problems go.</param>
/// <param name="opsets">The operator sets that the nodes may use.</param>
/// <param name="functions">The operators that the model defines itself, which need no operator set.</param>
internal sealed class GraphCheck(FileReport report, IReadOnlyDictionary<string, long> opsets, IReadOnlySet<FunctionKey> functions)
{
    // One report per domain: a model without an import usually has hundreds of nodes that need it.
    private readonly HashSet<string> _reportedDomains = [];

    public void Check(OnnxGraph graph, string label, Scope? outer)
    {
        var producers = new Producers(report, label, graph.Nodes);
        producers.Add(graph.Inputs.Select(input => input.Name), Producers.Input, "an input");

        // An initializer may also be an input, whose default it then is; so these are two different sets of names.
        var constants = new Producers(report, label, graph.Nodes);
        constants.Add(graph.Initializers.Select(tensor => tensor.Name), Producers.Initializer, "an initializer");
        constants.Add(graph.SparseInitializers.Select(tensor => tensor.Values.Name), Producers.Initializer, "a sparse initializer");
        producers.Merge(constants);
        Check(graph.Nodes, graph.Outputs.Select(output => output.Name), producers, label, outer);
    }

    public void Check(OnnxFunction function, string label)
    {
        var producers = new Producers(report, label, function.Nodes);
        producers.Add(function.Inputs, Producers.Input, "an input");
        Check(function.Nodes, function.Outputs, producers, label, outer: null);
    }

    private void Check(IReadOnlyList<OnnxNode> nodes, IEnumerable<string> outputs, Producers producers, string label, Scope? outer)
    {
        producers.AddOutputsOfNodes();
        var scope = new Scope(producers.Names, outer);
        foreach (OnnxNode node in nodes)
        {
            Check(node, scope);
        }

        foreach (string output in outputs)
        {
            if (output.Length == 0)
            {
                report.Add(ReaderDiagnostics.NameMissing, null, $"an output of {label}");
            }
            else if (!scope.Sees(output))
            {
                report.Add(ReaderDiagnostics.UndefinedOutput, null, DiagnosticText.Quote(output), label);
            }
        }
    }

    private void Check(OnnxNode node, Scope scope)
    {
        if (node.OpType.Length == 0)
        {
            report.Add(ReaderDiagnostics.NameMissing, Describe(node), "the operator");
        }

        // ONNX Runtime's operators have one version only, and its own tools forget to import it.
        if (!opsets.ContainsKey(node.Domain) && node.Domain != OnnxDomain.Microsoft && !functions.Contains(FunctionKey.CalledBy(node)) && _reportedDomains.Add(node.Domain))
        {
            report.Add(ReaderDiagnostics.OpsetNotImported, Describe(node), DiagnosticText.Quote(OnnxDomain.Display(node.Domain)));
        }

        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Inputs[i].Length > 0 && !scope.Sees(node.Inputs[i]))
            {
                report.Add(ReaderDiagnostics.UndefinedInput, Describe(node), DiagnosticText.Quote(node.Inputs[i]), i);
            }
        }

        foreach (OnnxAttribute attribute in node.Attributes)
        {
            foreach (OnnxGraph graph in attribute.NestedGraphs)
            {
                Check(graph, $"subgraph {DiagnosticText.Quote(attribute.Name)} of {Describe(node)}", scope);
            }
        }
    }

    private string Describe(OnnxNode node) => node.Describe(opsets.TryGetValue(node.Domain, out long version) ? version : null);
}
