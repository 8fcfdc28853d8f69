using System;

namespace ModelBuild.Compiler.Export;

/// <summary>A node cannot be written in the operator set of the others.</summary>
/// <param name="what">The node, or the part of it, that has no equal form.</param>
/// <param name="version">The operator set version that its form is of.</param>
/// <param name="opset">The operator set of the model that was to be written.</param>
internal sealed class ExportException(string what, long version = 0, long opset = 0) : Exception(what)
{
    public long Version { get; } = version;

    public long Opset { get; } = opset;
}
