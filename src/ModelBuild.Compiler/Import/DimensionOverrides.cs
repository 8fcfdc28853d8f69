using System;
using System.Collections.Generic;

namespace ModelBuild.Compiler.Import;

/// <summary>Bounds for symbolic dimensions, by ONNX name: a fixed size where both are equal.</summary>
internal sealed class DimensionOverrides(IReadOnlyDictionary<string, (long Min, long Max)> bounds)
{
    public static readonly DimensionOverrides None = new(new Dictionary<string, (long, long)>());

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Names that no dimension of the model has.</summary>
    public IEnumerable<string> Unused
    {
        get
        {
            foreach (var name in bounds.Keys)
            {
                if (!_used.Contains(name))
                {
                    yield return name;
                }
            }
        }
    }

    public (long Min, long Max)? Find(string name)
    {
        if (!bounds.TryGetValue(name, out var found))
        {
            return null;
        }

        _used.Add(name);
        return found;
    }
}
