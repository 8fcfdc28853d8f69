using System;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// An operator's rules are broken, or the operator is used in a way that we do not compile. Whoever calls the operator turns it into a diagnostic that names the
/// node.
/// </summary>
/// <param name="what">What is wrong, as the part of a sentence that follows the node's name; without a final full stop.</param>
/// <param name="remedy">What to do, as sentences; null for the descriptor's general advice.</param>
/// <param name="descriptor">The diagnostic; <see cref="OperatorDiagnostics.InvalidNode"/> when null.</param>
internal sealed class OperatorException(string what, string? remedy = null, DiagnosticDescriptor? descriptor = null) : Exception(what)
{
    private readonly DiagnosticDescriptor _descriptor = descriptor ?? OperatorDiagnostics.InvalidNode;

    /// <summary>A valid model that we do not compile.</summary>
    public static OperatorException Unsupported(string what, string? remedy = null) => new(what, remedy, OperatorDiagnostics.Unsupported);

    public Diagnostic ToDiagnostic(string file, string? node) =>
        (remedy is null ? _descriptor : _descriptor with { Remedy = remedy }).Create(file, node, DiagnosticText.Shortened(Message));
}
