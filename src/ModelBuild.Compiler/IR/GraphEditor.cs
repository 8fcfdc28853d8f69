using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// Makes a changed copy of a graph: replace nodes, redirect uses of a value, then <see cref="ToGraph"/> sorts, drops what is not needed any more, and checks.
/// </summary>
internal sealed class GraphEditor(Graph graph)
{
    private readonly Dictionary<Node, IReadOnlyList<Node>> _replacements = [];
    private readonly Dictionary<Value, Value> _redirections = [];
    private readonly Dictionary<Value, Node> _producers = [];
    private readonly List<Node> _added = [];
    private readonly UniqueNames _names = NamesOf(graph);

    private IReadOnlyList<Value> _inputs = graph.Inputs;

    /// <summary>The graph before the changes.</summary>
    public Graph Graph { get; } = graph;

    public bool HasChanges => _replacements.Count + _redirections.Count + _added.Count > 0 || !ReferenceEquals(_inputs, Graph.Inputs);

    /// <summary>Whether the node is to be replaced or removed already: a second pattern must not match it.</summary>
    public bool IsReplaced(Node node) => _replacements.ContainsKey(node);

    /// <summary>The node that makes a value after the replacements so far.</summary>
    public Node? ProducerOf(Value? value) =>
        value is null ? null : Resolve(value) is var resolved && _producers.TryGetValue(resolved, out var node) ? node : Graph.ProducerOf(resolved);

    /// <summary>A new constant. Constants need no unique names: they are told apart by identity.</summary>
    public static Value Constant(string name, Tensor tensor) => Value.Of(name, tensor);

    /// <summary>
    /// A new node with one output, whose type the operator infers. It is not part of the graph until a replacement or <see cref="Add"/> brings it in.
    /// </summary>
    /// <param name="op">Operator name; <c>modelbuild.X</c> for our own operators.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="attributes">Attributes.</param>
    /// <param name="origins">The nodes whose work it does.</param>
    /// <param name="name">The output's name is made from it.</param>
    public Node Node(string op, IReadOnlyList<Value?> inputs, Attributes attributes, IEnumerable<Node> origins, string? name = null)
    {
        var sources = origins.SelectMany(node => node.Origins).Distinct().ToArray();
        return NodeFactory.Create(op, inputs, attributes, sources, index => _names.Give(index == 0 ? name ?? op : $"{name ?? op}_{index}"));
    }

    /// <summary>
    /// A new node that produces a value of the graph in place of the node that did, which must be replaced. The operator must give it the type that it has.
    /// </summary>
    public static Node NodeFor(Value result, string op, IReadOnlyList<Value?> inputs, Attributes attributes, IEnumerable<Node> origins)
    {
        var node = NodeFactory.Create(op, inputs, attributes, [.. origins.SelectMany(origin => origin.Origins).Distinct()], _ => result.Name);
        return node.Output.Type.Equals(result.Type)
            ? node.WithOutputs([result])
            : throw new InvalidOperationException($"{op} makes {node.Output}, which cannot replace {result}.");
    }

    /// <summary>Takes nodes out of the graph and puts others in their place. The last new node's output takes over from <paramref name="result"/>.</summary>
    public void Replace(IReadOnlyList<Node> old, IReadOnlyList<Node> replacement, Value result)
    {
        foreach (var node in old)
        {
            _replacements[node] = [];
        }

        _added.AddRange(replacement);
        _producers[replacement[^1].Output] = replacement[^1];
        Redirect(result, replacement[^1].Output);
    }

    /// <summary>Brings a new node in.</summary>
    public void Add(Node node) => _added.Add(node);

    /// <summary>Takes a node out; its outputs must be redirected, or unused.</summary>
    public void Remove(Node node) => _replacements[node] = [];

    /// <summary>Replaces a node by another with the same outputs.</summary>
    public void Replace(Node old, Node replacement) => _replacements[old] = [replacement];

    /// <summary>Everything that used <paramref name="from"/> uses <paramref name="to"/>.</summary>
    public void Redirect(Value from, Value to)
    {
        if (from != to)
        {
            _redirections[from] = to;
        }
    }

    /// <summary>Replaces the model's inputs.</summary>
    public void SetInputs(IReadOnlyList<Value> inputs) => _inputs = inputs;

    public Graph ToGraph()
    {
        if (!HasChanges)
        {
            return Graph;
        }

        var nodes = Graph.Nodes.SelectMany(node => _replacements.TryGetValue(node, out var others) ? others : [node]).Concat(_added).Select(Redirected).ToList();
        var outputs = Graph.Outputs.Select(output => output with { Value = Resolve(output.Value) }).ToArray();
        return new Graph(Graph.Name, Graph.Symbols, _inputs, outputs, GraphOrder.Sort(nodes, outputs));
    }

    private Node Redirected(Node node) =>
        node.Inputs.Any(input => input is not null && _redirections.ContainsKey(input)) ? node.WithInputs([.. node.Inputs.Select(input => input is null ? null : Resolve(input))]) : node;

    private Value Resolve(Value value)
    {
        for (var steps = 0; _redirections.TryGetValue(value, out var to); value = to)
        {
            if (++steps > _redirections.Count)
            {
                throw new InvalidOperationException($"The uses of %{value.Name} are redirected in a circle.");
            }
        }

        return value;
    }

    private static UniqueNames NamesOf(Graph graph)
    {
        var names = new UniqueNames(StringComparer.Ordinal, "_");
        names.Reserve(graph.Inputs.Select(value => value.Name));
        names.Reserve(graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).OfType<Value>().Select(value => value.Name));
        return names;
    }
}
