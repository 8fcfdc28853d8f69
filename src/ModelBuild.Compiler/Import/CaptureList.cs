using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Import;

/// <summary>The values that the graphs within a node read from around it: additional inputs of the node.</summary>
internal sealed class CaptureList
{
    private readonly List<Value> _values = [];
    private readonly HashSet<Value> _known = [];

    public IReadOnlyList<Value> Values => _values;

    public void Add(Value value)
    {
        if (_known.Add(value))
        {
            _values.Add(value);
        }
    }
}
