using System.Collections.Generic;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx.Checking;

/// <summary>Who produces each value of one graph or function.</summary>
/// <param name="report">Where duplicates go.</param>
/// <param name="label">The graph or function, for messages.</param>
/// <param name="nodes">Its nodes.</param>
internal sealed class Producers(FileReport report, string label, IReadOnlyList<OnnxNode> nodes)
{
    /// <summary>In place of a node's number.</summary>
    public const int Input = -1;

    /// <summary>In place of a node's number.</summary>
    public const int Initializer = -2;

    private readonly Dictionary<string, int> _producers = [];
    private readonly HashSet<string> _names = [];

    /// <summary>All names that are produced.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Adds values that must have names.</summary>
    public void Add(IEnumerable<string> names, int producer, string what)
    {
        foreach (string name in names)
        {
            if (name.Length == 0)
            {
                report.Add(ReaderDiagnostics.NameMissing, null, $"{what} of {label}");
            }
            else
            {
                Add(name, producer);
            }
        }
    }

    /// <summary>Adds the values of <paramref name="other"/>; where both have one, that is not an error and this one stays.</summary>
    public void Merge(Producers other)
    {
        foreach ((string name, int producer) in other._producers)
        {
            if (_names.Add(name))
            {
                _producers.Add(name, producer);
            }
        }
    }

    /// <summary>Adds what the nodes produce; outputs without a name are unwanted ones.</summary>
    public void AddOutputsOfNodes()
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs)
            {
                if (output.Length > 0)
                {
                    Add(output, i);
                }
            }
        }
    }

    private void Add(string name, int producer)
    {
        if (!_producers.TryAdd(name, producer))
        {
            report.Add(ReaderDiagnostics.DuplicateValue, null, DiagnosticText.Quote(name), Display(_producers[name]), Display(producer));
        }

        _names.Add(name);
    }

    private string Display(int producer) => producer switch
    {
        Input => $"an input of {label}",
        Initializer => $"an initializer of {label}",
        _ => "node " + nodes[producer].DisplayName,
    };
}
