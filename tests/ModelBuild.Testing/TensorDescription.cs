using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace ModelBuild.Testing;

/// <summary>A model's input or output as meta.json has it, for example input, float, [N, 784]. A sequence or map has no dimensions.</summary>
public sealed record TensorDescription(string Name, string ElementType, IReadOnlyList<string> Dimensions)
{
    internal static IReadOnlyList<TensorDescription> ReadAll(JsonElement pairs) => [.. pairs.EnumerateArray().Select(p => Parse(p[0].GetString()!, p[1].GetString()!))];

    private static TensorDescription Parse(string name, string type)
    {
        int bracket = type.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? new TensorDescription(name, type, [])
            : new TensorDescription(name, type[..bracket], type[(bracket + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
