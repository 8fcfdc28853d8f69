using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ModelBuild.Compiler.IR;

/// <summary>A model: nodes in an order in which every value is produced before it is used. Immutable; passes make new graphs with a <see cref="GraphEditor"/>.</summary>
/// <param name="name">The model's name.</param>
/// <param name="symbols">Dimensions that are known only at run time.</param>
/// <param name="inputs">What the caller passes in, in order.</param>
/// <param name="outputs">What the caller gets, in order. A value may be listed twice.</param>
/// <param name="nodes">The operations.</param>
internal sealed class Graph(
    string name,
    IReadOnlyList<DimSymbol> symbols,
    IReadOnlyList<Value> inputs,
    IReadOnlyList<GraphOutput> outputs,
    IReadOnlyList<Node> nodes)
{
    public string Name { get; } = name;

    public IReadOnlyList<DimSymbol> Symbols { get; } = symbols;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    public IReadOnlyList<GraphOutput> Outputs { get; } = outputs;

    public IReadOnlyList<Node> Nodes { get; } = nodes;

    /// <summary>What the importer put in the place of single nodes: of a graph that has just been imported alone, since passes change it.</summary>
    public IReadOnlyList<Expansion> Expansions { get; init; } = [];

    /// <summary>The nodes that read each value, in order.</summary>
    public ILookup<Value, Node> Consumers { get; } =
        nodes.SelectMany(node => node.Inputs.OfType<Value>().Distinct().Select(value => (value, node))).ToLookup(pair => pair.value, pair => pair.node);

    /// <summary>The node that makes each value.</summary>
    public IReadOnlyDictionary<Value, Node> Producers { get; } =
        nodes.SelectMany(node => node.Outputs.OfType<Value>().Select(value => (value, node))).ToDictionary(pair => pair.value, pair => pair.node);

    public Node? ProducerOf(Value? value) => value is not null && Producers.TryGetValue(value, out var node) ? node : null;

    /// <summary>The one node that reads <paramref name="value"/>; null where several do, none does, or the caller gets the value.</summary>
    public Node? OnlyConsumerOf(Value value) => !IsOutput(value) && Consumers[value].Take(2).ToArray() is [var only] ? only : null;

    /// <summary>The same graph of other nodes, in order and without those that nothing needs.</summary>
    public Graph With(IReadOnlyList<Node> nodes) => new(Name, Symbols, Inputs, Outputs, GraphOrder.Sort(nodes, Outputs));

    /// <summary>The same graph with other graphs within its nodes.</summary>
    public Graph MapBodies(Func<Graph, Graph> map) => !Nodes.Any(node => node.Bodies.Any()) ? this : new(Name, Symbols, Inputs, Outputs, [.. Nodes.Select(node => node.MapBodies(map))]);

    public bool IsOutput(Value value) => Outputs.Any(output => output.Value == value);

    /// <summary>The graph in the notation of the compiler's dumps and of the tests of passes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("graph ").Append(Name).Append('(').AppendJoin(", ", Inputs).Append(")\n");
        foreach (var node in Nodes)
        {
            text.Append("  ").Append(node).Append('\n');
        }

        return text.Append("  return ").AppendJoin(", ", Outputs.Select(output => $"%{output.Value.Name}")).Append('\n').ToString();
    }
}

/// <summary>One output of a model.</summary>
/// <param name="Name">The ONNX name, which may differ from the value's after passes.</param>
/// <param name="Value">What is returned.</param>
internal sealed record GraphOutput(string Name, Value Value);

/// <summary>A dimension that is known only at run time.</summary>
/// <param name="Name">The name in expressions; a C# identifier.</param>
/// <param name="OnnxName">The name in the model; empty where it has none.</param>
/// <param name="Min">The smallest allowed size.</param>
/// <param name="Max">The largest allowed size.</param>
internal sealed record DimSymbol(string Name, string OnnxName, long Min, long Max)
{
    /// <summary>The largest number that a run may compute where a size depends on it: far from where a sum of two overflows an int.</summary>
    public const int LargestNumber = 1 << 30;

    /// <summary>A size that a run finds out.</summary>
    public static DimSymbol Size(string name) => new(name, string.Empty, 0, LargestNumber);
}
