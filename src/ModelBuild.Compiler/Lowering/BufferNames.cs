using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Makes short, unique C# identifiers of ONNX value names: <c>/features/0/Conv_output_0</c> becomes <c>features0Conv</c>.</summary>
internal sealed class BufferNames
{
    private const int LongestName = 40;
    private static readonly string[] ExporterSuffixes = ["_output_0", ":0"];

    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    public string Unique(string onnxName)
    {
        var name = Identifier(onnxName);
        var unique = name;
        for (var i = 2; !_used.Add(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }

    private static string Identifier(string onnxName)
    {
        var text = ExporterSuffixes.Aggregate(onnxName, (current, suffix) => current.Replace(suffix, string.Empty, StringComparison.Ordinal));
        var name = new StringBuilder();
        var upper = false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                upper = name.Length > 0;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : name.Length == 0 ? char.ToLowerInvariant(c) : c);
            upper = false;
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, "value");
        }

        // The end of a long name tells more than its beginning, which is the path of the module.
        return name.Length <= LongestName ? name.ToString() : "x" + name.ToString()[^(LongestName - 1)..];
    }
}
