using System.Globalization;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.IR;

/// <summary>How errors name a node of a graph: as the ONNX reader does, by what it came from.</summary>
internal static class NodeText
{
    public static string Describe(Node node)
    {
        var names = string.Join(", ", node.Origins.Select(DiagnosticText.Quote));
        return string.Create(CultureInfo.InvariantCulture, $"node {(names.Length > 0 ? names : DiagnosticText.Quote(node.Output.Name))} ({node.Op.QualifiedName})");
    }
}
