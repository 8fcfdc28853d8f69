using System;
using System.Collections.Generic;

namespace ModelBuild.Compiler.IR;

/// <summary>Names that are each given once: one that is taken gets a number. In constant time, since a model may call all its nodes by one name.</summary>
/// <param name="comparer">Which names are the same.</param>
/// <param name="separator">What stands between a name and its number.</param>
internal sealed class UniqueNames(StringComparer comparer, string separator)
{
    private readonly HashSet<string> _used = new(comparer);
    private readonly Dictionary<string, int> _next = new(comparer);

    public void Reserve(IEnumerable<string> names) => _used.UnionWith(names);

    public string Give(string name)
    {
        var unique = name;
        for (var i = _next.GetValueOrDefault(name, 2); !_used.Add(unique); i++)
        {
            unique = $"{name}{separator}{i}";
            _next[name] = i + 1;
        }

        return unique;
    }
}
