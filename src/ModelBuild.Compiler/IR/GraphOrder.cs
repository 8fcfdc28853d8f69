using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.IR;

/// <summary>Puts nodes in order.</summary>
internal static class GraphOrder
{
    /// <summary>
    /// The nodes that <paramref name="outputs"/> need, each after the producers of its inputs; otherwise in the order given, as far as that is possible.
    /// </summary>
    /// <exception cref="InvalidOperationException">The nodes form a cycle: a pass has a bug.</exception>
    public static IReadOnlyList<Node> Sort(IReadOnlyList<Node> nodes, IReadOnlyList<GraphOutput> outputs)
    {
        var producers = new Dictionary<Value, Node>();
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs.OfType<Value>())
            {
                producers[output] = node;
            }
        }

        var binders = nodes.SelectMany(node => node.Symbols.Select(symbol => (symbol, node))).ToDictionary(pair => pair.symbol, pair => pair.node);
        IEnumerable<Node> Sources(Node node) => node.Inputs.OfType<Value>().Select(input => producers.GetValueOrDefault(input)).OfType<Node>().Concat(Binders(node, binders));

        var needed = new HashSet<Node>();
        var pending = new Stack<Node>(outputs.Select(output => producers.GetValueOrDefault(output.Value)).OfType<Node>());
        while (pending.TryPop(out var node))
        {
            if (needed.Add(node))
            {
                foreach (var source in Sources(node))
                {
                    pending.Push(source);
                }
            }
        }

        var sorted = new List<Node>();
        var state = new Dictionary<Node, bool>();
        foreach (var node in nodes.Where(needed.Contains))
        {
            Visit(node, Sources, state, sorted);
        }

        return sorted;
    }

    // The nodes that bind the symbols of a node's sizes come before it, even if no value leads from one to the other.
    private static IEnumerable<Node> Binders(Node node, Dictionary<string, Node> binders) => binders.Count == 0
        ? []
        : node.Outputs.OfType<Value>().SelectMany(output => output.Type.Shape.Concat(output.Elements ?? []))
            .SelectMany(dim => dim.Symbols).Distinct().Select(symbol => binders.GetValueOrDefault(symbol)).OfType<Node>().Where(binder => binder != node).Distinct();

    // Depth first with an explicit stack, since models can be thousands of nodes deep. State: false while below the node, true when it is placed.
    private static void Visit(Node root, Func<Node, IEnumerable<Node>> sources, Dictionary<Node, bool> state, List<Node> sorted)
    {
        var stack = new Stack<(Node Node, bool Leave)>();
        stack.Push((root, false));
        while (stack.TryPop(out var entry))
        {
            if (entry.Leave)
            {
                state[entry.Node] = true;
                sorted.Add(entry.Node);
                continue;
            }

            if (!state.TryAdd(entry.Node, false))
            {
                continue;
            }

            stack.Push((entry.Node, true));
            foreach (var source in sources(entry.Node).Reverse())
            {
                if (state.TryGetValue(source, out var placed))
                {
                    if (!placed)
                    {
                        throw new InvalidOperationException($"{source} depends on itself.");
                    }

                    continue;
                }

                stack.Push((source, false));
            }
        }
    }
}
