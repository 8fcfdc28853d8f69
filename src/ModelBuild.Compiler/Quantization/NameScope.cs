using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Makes names for new values that no value of a graph has.</summary>
internal sealed class NameScope(Graph graph)
{
    private readonly HashSet<string> _used =
        [.. graph.Inputs.Select(value => value.Name), .. graph.Outputs.Select(output => output.Name),
         .. graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).OfType<Value>().Select(value => value.Name)];

    public string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !_used.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }
}
