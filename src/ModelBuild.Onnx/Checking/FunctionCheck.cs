using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx.Checking;

/// <summary>Functions are defined once and do not call themselves, so that inlining them ends.</summary>
internal static class FunctionCheck
{
    public static void Check(IReadOnlyList<OnnxFunction> functions, FileReport report)
    {
        var places = new Dictionary<FunctionKey, int>();
        for (int i = 0; i < functions.Count; i++)
        {
            if (functions[i].Name.Length == 0)
            {
                report.Add(ReaderDiagnostics.NameMissing, null, "a function");
            }

            if (!places.TryAdd(FunctionKey.Of(functions[i]), i))
            {
                report.Add(ReaderDiagnostics.DuplicateFunction, null, DiagnosticText.Quote(FunctionKey.Of(functions[i]).ToString()));
            }
        }

        var calls = new int[functions.Count][];
        for (int i = 0; i < functions.Count; i++)
        {
            var called = new SortedSet<int>();
            AddCalls(functions[i].Nodes, places, called);
            calls[i] = [.. called];
        }

        foreach (IReadOnlyList<int> cycle in DependencyOrder.Sort(functions.Count, calls).Cycles)
        {
            IEnumerable<string> names = cycle.Append(cycle[0]).Select(i => DiagnosticText.Quote(FunctionKey.Of(functions[i]).ToString()));
            report.Add(ReaderDiagnostics.RecursiveFunction, null, string.Join(" calls ", names));
        }
    }

    // Recursive over nested graphs, whose depth the reader has bounded.
    private static void AddCalls(IEnumerable<OnnxNode> nodes, Dictionary<FunctionKey, int> places, SortedSet<int> called)
    {
        foreach (OnnxNode node in nodes)
        {
            if (places.TryGetValue(FunctionKey.CalledBy(node), out int place))
            {
                called.Add(place);
            }

            foreach (OnnxGraph graph in node.Attributes.SelectMany(attribute => attribute.NestedGraphs))
            {
                AddCalls(graph.Nodes, places, called);
            }
        }
    }
}
