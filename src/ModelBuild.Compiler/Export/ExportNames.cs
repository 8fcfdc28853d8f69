using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Export;

/// <summary>Gives values and nodes their names in a file, where constants need unique names, too, and outputs have the names of the signature.</summary>
internal sealed class ExportNames
{
    private readonly Dictionary<Value, string> _names = [];
    private readonly UniqueNames _used = new(StringComparer.Ordinal, "_");
    private readonly UniqueNames _nodeNames = new(StringComparer.Ordinal, "_");

    public ExportNames(Graph graph)
    {
        foreach (var input in graph.Inputs)
        {
            _names[input] = input.Name;
        }

        _used.Reserve(graph.Inputs.Select(input => input.Name));
        _used.Reserve(graph.Outputs.Select(output => output.Name));
        foreach (var output in graph.Outputs.Where(output => graph.ProducerOf(output.Value) is not null))
        {
            _names.TryAdd(output.Value, output.Name);
        }
    }

    public string Of(Value value) => Of(value, out _);

    /// <summary>Makes a value of a graph within a node another name for one of the graph around.</summary>
    public void Share(Value inner, string name) => _names[inner] = name;

    /// <summary>
    /// The names of the outputs of a graph within a node: each its own, and different from those of all other values. An output that no node of the graph gives under this
    /// name is a copy.
    /// </summary>
    public IReadOnlyList<string> Outputs(Graph body)
    {
        var names = new List<string>();
        foreach (var output in body.Outputs)
        {
            var name = body.ProducerOf(output.Value) is null ? null : Of(output.Value);
            names.Add(name is null || names.Contains(name) ? _used.Give(output.Name) : name);
        }

        return names;
    }

    /// <summary>The name, and whether it was given just now.</summary>
    public string Of(Value value, out bool isNew)
    {
        isNew = !_names.TryGetValue(value, out var name);
        if (isNew)
        {
            name = _used.Give(value.Name);
            _names[value] = name;
        }

        return name!;
    }

    public string OfNode(Node node) => _nodeNames.Give(node.Origins.Count == 1 ? node.Origins[0] : node.Output.Name);
}
