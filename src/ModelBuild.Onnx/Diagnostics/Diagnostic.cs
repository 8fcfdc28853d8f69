using System.Text;

namespace ModelBuild.Onnx.Diagnostics;

/// <summary>One problem found in one file.</summary>
/// <param name="Descriptor">Which problem.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Node">The node it belongs to, such as <c>node "/stem/Conv" (Conv, opset 11)</c>, or null.</param>
/// <param name="Message">What is wrong, without a final full stop.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string File, string? Node, string Message)
{
    /// <summary>The code, such as <c>MB1001</c>.</summary>
    public string Code => Descriptor.Id;

    /// <summary>How much it matters.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>What the user can do about it.</summary>
    public string Remedy => Descriptor.Remedy;

    /// <summary>
    /// MSBuild's canonical form, which build hosts parse and link: <c>file : error MB1022: node "x" (Add, opset 13): what. Remedy.</c>
    /// Always a single line, whatever the file and the names in the model contain.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(DiagnosticText.SingleLine(File)).Append(" : ");
        text.Append(Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        });
        text.Append(' ').Append(Code).Append(": ");
        if (Node is not null)
        {
            text.Append(DiagnosticText.SingleLine(Node)).Append(": ");
        }

        text.Append(DiagnosticText.SingleLine(Message)).Append(". ").Append(Remedy);
        return text.ToString();
    }
}
