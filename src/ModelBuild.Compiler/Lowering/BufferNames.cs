using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Makes short, unique C# identifiers of ONNX value names, of what tells most: the last parts of the path, and what the compiler made of the value.
/// <c>/features/features.0/Conv_output_0</c> becomes <c>features0Conv</c>.
/// </summary>
internal sealed partial class BufferNames
{
    private const int LongestName = 32;
    private const int MostParts = 3;

    // Parts of paths that exporters put around every name.
    private static readonly string[] Noise = ["StatefulPartitionedCall", "PartitionedCall", "ReadVariableOp", "model", "onnx"];

    private readonly UniqueNames _names = new(StringComparer.OrdinalIgnoreCase, string.Empty);

    public string Unique(string onnxName) => _names.Give(Identifier(onnxName));

    private static string Identifier(string onnxName)
    {
        // Passes say at the end of a name what they did; where it stands by itself is no part of that.
        var role = Role().Match(onnxName);
        var path = onnxName[..role.Index];
        var suffix = Words(role.Value.Replace("_moved", string.Empty, StringComparison.Ordinal));

        // Converters of TensorFlow join the names of all operators that they fused; the first is that of the result.
        var parts = Exporter().Replace(path.Split(';')[0], string.Empty).Split(['/', '.', ':'], StringSplitOptions.RemoveEmptyEntries);
        var chosen = new List<string>();
        foreach (var part in parts.Reverse().Where(part => !Noise.Contains(part)).Select(Words))
        {
            if (chosen.Count == MostParts || (chosen.Count > 0 && chosen.Sum(word => word.Length) + part.Length + suffix.Length > LongestName))
            {
                break;
            }

            if (part.Length > 0 && !(chosen.Count > 0 && part == chosen[0]))
            {
                chosen.Insert(0, part);
            }
        }

        var name = string.Concat(chosen);
        var room = Math.Max(1, LongestName - suffix.Length);
        name = (name.Length <= room ? name : name[^room..]) + suffix;
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"value{name}" : char.ToLowerInvariant(name[0]) + name[1..];
    }

    // The words of a part, each with a capital first.
    private static string Words(string part)
    {
        var name = new StringBuilder();
        var upper = true;
        foreach (var c in part)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(upper ? char.ToUpperInvariant(c) : c);
            }

            upper = !char.IsAsciiLetterOrDigit(c);
        }

        return name.ToString();
    }

    [GeneratedRegex(@"(_(moved|nhwc|weight|bias|padded|quantized|dequantized|transposed|transformed|flat|packed|scratch|sum|sums|scale|scaled|zero|zero_point|mask|nonzero|half|indices|start)\d*(_\d+)?)*$")]
    private static partial Regex Role();

    [GeneratedRegex(@"(_output_0|:0)$")]
    private static partial Regex Exporter();
}
