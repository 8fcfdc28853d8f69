using System.Collections.Generic;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx.Checking;

/// <summary>Brings the nodes of a graph or function into an order in which they can run.</summary>
/// <param name="report">Where circles and surprises go.</param>
/// <param name="captures">What nested graphs take from around them.</param>
internal sealed class NodeOrder(FileReport report, Captures captures)
{
    // Enough to see what a circle is about.
    private const int NodesShown = 12;

    /// <summary>The nodes, each after those it depends on; as they were when they are in a circle, which has been reported.</summary>
    /// <param name="nodes">The nodes in the file's order.</param>
    /// <param name="label">What they belong to, for messages.</param>
    public IReadOnlyList<OnnxNode> Sort(IReadOnlyList<OnnxNode> nodes, string label)
    {
        int[][] dependencies = Dependencies(nodes);
        int late = FirstOutOfOrder(dependencies);
        if (late < 0)
        {
            return nodes;
        }

        DependencyOrder.Result sorted = DependencyOrder.Sort(nodes.Count, dependencies);
        foreach (IReadOnlyList<int> cycle in sorted.Cycles)
        {
            report.Add(ReaderDiagnostics.Cycle, null, label, Display(nodes, cycle));
        }

        if (sorted.Cycles.Count > 0)
        {
            return nodes;
        }

        report.Add(ReaderDiagnostics.NotSorted, null, label, nodes[late].DisplayName, nodes[dependencies[late][^1]].DisplayName);
        var result = new OnnxNode[nodes.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = nodes[sorted.Order[i]];
        }

        return result;
    }

    /// <summary>For each node, the places of the nodes it reads from, ascending.</summary>
    private int[][] Dependencies(IReadOnlyList<OnnxNode> nodes)
    {
        var producers = new Dictionary<string, int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs)
            {
                if (output.Length > 0)
                {
                    producers.TryAdd(output, i);
                }
            }
        }

        var dependencies = new int[nodes.Count][];
        var places = new SortedSet<int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            places.Clear();
            foreach (string input in nodes[i].Inputs)
            {
                Add(input);
            }

            foreach (string name in captures.Of(nodes[i]))
            {
                Add(name);
            }

            dependencies[i] = [.. places];
        }

        return dependencies;

        void Add(string name)
        {
            if (producers.TryGetValue(name, out int place))
            {
                places.Add(place);
            }
        }
    }

    private static int FirstOutOfOrder(int[][] dependencies)
    {
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (dependencies[i].Length > 0 && dependencies[i][^1] >= i)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Display(IReadOnlyList<OnnxNode> nodes, IReadOnlyList<int> cycle)
    {
        var names = new List<string>();
        for (int i = 0; i < cycle.Count && i < NodesShown; i++)
        {
            names.Add(nodes[cycle[i]].DisplayName);
        }

        names.Add(cycle.Count > NodesShown ? $"and {cycle.Count - NodesShown} more" : nodes[cycle[0]].DisplayName);
        return string.Join(" reads from ", names);
    }
}
