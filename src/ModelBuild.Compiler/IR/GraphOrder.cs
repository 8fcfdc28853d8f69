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

        var needed = new HashSet<Node>();
        var pending = new Stack<Value>(outputs.Select(output => output.Value));
        while (pending.TryPop(out var value))
        {
            if (producers.TryGetValue(value, out var node) && needed.Add(node))
            {
                foreach (var input in node.Inputs.OfType<Value>())
                {
                    pending.Push(input);
                }
            }
        }

        var sorted = new List<Node>();
        var state = new Dictionary<Node, bool>();
        foreach (var node in nodes.Where(needed.Contains))
        {
            Visit(node, producers, state, sorted);
        }

        return sorted;
    }

    // Depth first with an explicit stack, since models can be thousands of nodes deep. State: false while below the node, true when it is placed.
    private static void Visit(Node root, Dictionary<Value, Node> producers, Dictionary<Node, bool> state, List<Node> sorted)
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
            foreach (var input in entry.Node.Inputs.OfType<Value>().Reverse())
            {
                if (!producers.TryGetValue(input, out var producer))
                {
                    continue;
                }

                if (state.TryGetValue(producer, out var placed))
                {
                    if (!placed)
                    {
                        throw new InvalidOperationException($"%{input.Name} depends on itself.");
                    }

                    continue;
                }

                stack.Push((producer, false));
            }
        }
    }
}
