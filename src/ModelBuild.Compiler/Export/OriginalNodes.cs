using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// Puts nodes of the model back that the importer expanded for our own execution: where all that it put in the place of a node is still there as it was. Passes may have
/// given these nodes other inputs, and may have taken out those that do nothing; whatever else they changed, such as the width of a layer's weights, stays changed, and so
/// do the nodes.
/// </summary>
internal sealed class OriginalNodes
{
    private readonly Graph _graph;
    private readonly List<Node> _nodes;
    private readonly Dictionary<Value, Node> _producers;
    private readonly Dictionary<Value, HashSet<Node>> _consumers = [];

    private OriginalNodes(Graph graph)
    {
        _graph = graph;
        _nodes = [.. graph.Nodes];
        _producers = graph.Producers.ToDictionary();
        foreach (var node in graph.Nodes)
        {
            Connect(node);
        }
    }

    /// <summary>The graph, and the graphs within its nodes, with the nodes back.</summary>
    /// <param name="graph">The graph to be written.</param>
    /// <param name="expansions">What the importer did, in its order: those within an expansion come before it.</param>
    public static Graph Restore(Graph graph, IReadOnlyList<Expansion> expansions)
    {
        if (!graph.Nodes.Any(node => node.Op.Domain == Op.OwnDomain || node.Bodies.Any()))
        {
            return graph;
        }

        var restored = new OriginalNodes(graph.MapBodies(body => Restore(body, expansions)));
        foreach (var expansion in expansions.Reverse())
        {
            restored.TryRestore(expansion);
        }

        return restored._graph.With(restored._nodes);
    }

    private void TryRestore(Expansion expansion)
    {
        var match = new Match(this, expansion);
        if (match.TryFind() is not var (node, replaced))
        {
            return;
        }

        foreach (var old in replaced)
        {
            foreach (var input in old.Inputs.OfType<Value>())
            {
                _consumers[input].Remove(old);
            }

            foreach (var output in old.Outputs.OfType<Value>())
            {
                _producers.Remove(output);
            }
        }

        _nodes.RemoveAll(replaced.Contains);
        _nodes.Add(node);
        Connect(node);
        foreach (var output in node.Outputs.OfType<Value>())
        {
            _producers[output] = node;
        }
    }

    private void Connect(Node node)
    {
        foreach (var input in node.Inputs.OfType<Value>())
        {
            if (!_consumers.TryGetValue(input, out var readers))
            {
                _consumers[input] = readers = [];
            }

            readers.Add(node);
        }
    }

    private bool IsUsedOutside(Value value, HashSet<Node> nodes) =>
        _graph.IsOutput(value) || (_consumers.TryGetValue(value, out var readers) && readers.Any(reader => !nodes.Contains(reader)));

    private bool IsThere(Value value) => value.IsConstant || _producers.ContainsKey(value) || _graph.Inputs.Contains(value);

    /// <summary>Compares what the importer made with what is there, from the outputs back to the inputs.</summary>
    private sealed class Match(OriginalNodes graph, Expansion expansion)
    {
        private readonly Dictionary<Value, Node> _made = expansion.Nodes.SelectMany(node => node.Outputs.OfType<Value>().Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        private readonly HashSet<Value> _inputs = [.. expansion.Inputs.OfType<Value>()];
        private readonly Dictionary<Value, Value> _found = [];
        private readonly HashSet<Node> _nodes = [];

        /// <summary>The node, and the nodes that it replaces; null where something is not as it was.</summary>
        public (Node Node, HashSet<Node> Replaced)? TryFind()
        {
            // A sequence, an optional or a map is no value of a graph, but its parts are.
            if (expansion.Inputs.Concat(expansion.Outputs).Any(value => value?.Parts is not null))
            {
                return null;
            }

            Value?[] roots = [.. expansion.Outputs.Select(output => output is null ? null : Root(output))];
            Value[] living = [.. roots.OfType<Value>().Where(graph._producers.ContainsKey).Where(_made.ContainsKey).Distinct()];
            if (living.Length == 0 || !living.All(root => IsSame(root, root)) || !_nodes.Any(node => node.Op.Domain == Op.OwnDomain))
            {
                return null;
            }

            var within = _nodes.SelectMany(node => node.Outputs).OfType<Value>().Except(living);
            Value?[] inputs = [.. expansion.Inputs.Select(input => input is null ? null : _found.GetValueOrDefault(input, input))];
            if (within.Any(value => graph.IsUsedOutside(value, _nodes)) || inputs.Any(input => input is not null && !graph.IsThere(input)))
            {
                return null;
            }

            // What nobody wants any more keeps its place under a name of its own.
            var outputs = roots.Select((root, i) => root is null ? null : living.Contains(root) && System.Array.IndexOf(roots, root) == i ? root : Value.Of(root.Name, root.Type));
            return (new Node(expansion.Op, expansion.Version, inputs, [.. outputs], expansion.Attributes, expansion.Origins), _nodes);
        }

        // What is there in the place of an output: passes take out nodes that do nothing.
        private Value Root(Value output)
        {
            while (!graph._producers.ContainsKey(output) && _made.TryGetValue(output, out var producer) && RemoveIdentity.DoesNothing(producer))
            {
                output = producer.Inputs[0]!;
            }

            return output;
        }

        private bool IsSame(Value made, Value there)
        {
            if (_found.TryGetValue(made, out var known))
            {
                return known == there;
            }

            _found[made] = there;
            if (_inputs.Contains(made))
            {
                return true;
            }

            if (!_made.TryGetValue(made, out var producer))
            {
                return made == there;
            }

            if (!graph._producers.TryGetValue(there, out var node) || node.Op != producer.Op || node.Version != producer.Version || node.Attributes != producer.Attributes)
            {
                return RemoveIdentity.DoesNothing(producer) && IsSame(producer.Inputs[0]!, there);
            }

            return IndexOf(producer, made) == IndexOf(node, there) && (!_nodes.Add(node) || AreSame(producer.Inputs, node.Inputs));
        }

        private bool AreSame(IReadOnlyList<Value?> made, IReadOnlyList<Value?> there) =>
            made.Count == there.Count && made.Zip(there).All(pair => pair is (null, null) || (pair is ({ } a, { } b) && IsSame(a, b)));

        private static int IndexOf(Node node, Value output) => node.Outputs.Index().First(pair => pair.Item == output).Index;
    }
}
