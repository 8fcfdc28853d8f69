using System;

namespace ModelBuild.Compiler.Export;

/// <summary>A graph cannot be written as an ONNX model.</summary>
/// <param name="reason">A clause that says why.</param>
internal sealed class ExportException(string reason) : Exception(reason)
{
    /// <summary>A node has no equal form in the operator set of the others.</summary>
    /// <param name="what">The node, or the part of it.</param>
    /// <param name="version">The operator set version that its form is of.</param>
    /// <param name="opset">The operator set of the model that was to be written.</param>
    public static ExportException NoForm(string what, long version, long opset) => new($"{what} of operator set {version} has no equal form in operator set {opset}");
}
