using System.Collections.Generic;

namespace ModelBuild.Onnx.Checking;

/// <summary>The names that are visible in one graph or function: its own, and for a nested graph those around it.</summary>
/// <param name="names">The names that are defined here.</param>
/// <param name="outer">The scope around it; null for the main graph and for functions.</param>
internal sealed class Scope(IReadOnlySet<string> names, Scope? outer)
{
    private IReadOnlySet<string> Names { get; } = names;

    private Scope? Outer { get; } = outer;

    /// <summary>Whether a value of that name can be used here.</summary>
    public bool Sees(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Names.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every name that a graph defines, in no particular order and possibly repeated.</summary>
    public static IEnumerable<string> NamesOf(OnnxGraph graph)
    {
        foreach (OnnxValueInfo input in graph.Inputs)
        {
            yield return input.Name;
        }

        foreach (OnnxTensor initializer in graph.Initializers)
        {
            yield return initializer.Name;
        }

        foreach (OnnxSparseTensor initializer in graph.SparseInitializers)
        {
            yield return initializer.Values.Name;
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                yield return output;
            }
        }
    }
}
