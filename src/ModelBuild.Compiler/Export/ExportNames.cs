using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Export;

/// <summary>Gives values and nodes their names in a file, where constants need unique names, too, and outputs have the names of the signature.</summary>
internal sealed class ExportNames
{
    private readonly Dictionary<Value, string> _names = [];
    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _nodeNames = [];

    public ExportNames(Graph graph)
    {
        foreach (var input in graph.Inputs)
        {
            _names[input] = input.Name;
            _used.Add(input.Name);
        }

        _used.UnionWith(graph.Outputs.Select(output => output.Name));
        foreach (var output in graph.Outputs.Where(output => graph.ProducerOf(output.Value) is not null))
        {
            _names.TryAdd(output.Value, output.Name);
        }
    }

    public string Of(Value value) => Of(value, out _);

    /// <summary>The name, and whether it was given just now.</summary>
    public string Of(Value value, out bool isNew)
    {
        isNew = !_names.TryGetValue(value, out var name);
        if (isNew)
        {
            name = Unique(_used, value.Name);
            _names[value] = name;
        }

        return name!;
    }

    public string OfNode(Node node) => Unique(_nodeNames, node.Origins.Count == 1 ? node.Origins[0] : node.Output.Name);

    private static string Unique(HashSet<string> used, string name)
    {
        var unique = name;
        for (var i = 2; !used.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }
}
