using System.Collections.Generic;

namespace ModelBuild.Onnx.Checking;

/// <summary>
/// The names that nested graphs take from around them. They make a node depend on more than its inputs, so sorting and checking
/// need them. Remembered per graph, since every level asks for those of the level below.
/// </summary>
internal sealed class Captures
{
    private readonly Dictionary<OnnxGraph, IReadOnlyCollection<string>> _ofGraphs = [];

    /// <summary>The names from outside that the graphs in the node's attributes use, with repetitions if there are several graphs.</summary>
    public IEnumerable<string> Of(OnnxNode node)
    {
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            foreach (OnnxGraph graph in attribute.NestedGraphs)
            {
                foreach (string name in Of(graph))
                {
                    yield return name;
                }
            }
        }
    }

    private IReadOnlyCollection<string> Of(OnnxGraph graph)
    {
        if (_ofGraphs.TryGetValue(graph, out IReadOnlyCollection<string>? known))
        {
            return known;
        }

        HashSet<string> inside = [.. Scope.NamesOf(graph)];
        var captured = new HashSet<string>();
        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                Add(input);
            }

            foreach (string name in Of(node))
            {
                Add(name);
            }
        }

        foreach (OnnxValueInfo output in graph.Outputs)
        {
            Add(output.Name);
        }

        _ofGraphs.Add(graph, captured);
        return captured;

        void Add(string name)
        {
            if (name.Length > 0 && !inside.Contains(name))
            {
                captured.Add(name);
            }
        }
    }
}
