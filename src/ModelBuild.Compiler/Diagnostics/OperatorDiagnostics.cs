using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB2xxx: operators, types and shapes.</summary>
internal static class OperatorDiagnostics
{
    public static readonly DiagnosticDescriptor UnknownOperator = new(
        "MB2001", DiagnosticSeverity.Error, "The operator is not supported", "the operator {0} is not supported.", "See docs/operators.md for those that are; export the model with another set of operators, or remove the node.");

    public static readonly DiagnosticDescriptor UnsupportedVersion = new(
        "MB2002", DiagnosticSeverity.Error, "This version of the operator is not supported", "operator set {0} has no supported definition of {1}; it is supported from version {2} on.", "Convert the model to a newer operator set.");

    public static readonly DiagnosticDescriptor InvalidNode = new(
        "MB2003", DiagnosticSeverity.Error, "A node breaks its operator's rules", "{0}.", "{1}");

    public static readonly DiagnosticDescriptor DataDependent = new(
        "MB2004", DiagnosticSeverity.Error, "A size or an attribute depends on data", "{0}.", "{1}");

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "MB2005", DiagnosticSeverity.Error, "An element type or a kind of value is not supported here", "{0}.", "{1}");
}
