using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB2xxx: operators, types and shapes. What to do depends on the case; where an operator says it, its words replace the general remedy.</summary>
internal static class OperatorDiagnostics
{
    /// <summary>{0}: the operator.</summary>
    public static readonly DiagnosticDescriptor UnknownOperator = new(
        "MB2001", DiagnosticSeverity.Error, "The operator is not supported",
        "the operator {0} is not supported", "Export the model with other operators, or cut the node off the model.");

    /// <summary>{0}: the operator; {1}: the first version that we support.</summary>
    public static readonly DiagnosticDescriptor UnsupportedVersion = new(
        "MB2002", DiagnosticSeverity.Error, "This version of the operator is not supported",
        "{0} is supported from operator set {1} on", "Convert the model to a newer operator set.");

    /// <summary>{0}: which rule.</summary>
    public static readonly DiagnosticDescriptor InvalidNode = new(
        "MB2003", DiagnosticSeverity.Error, "A node breaks its operator's rules",
        "{0}", "Report it to the exporter that wrote the model.");

    /// <summary>{0}: what depends on data.</summary>
    public static readonly DiagnosticDescriptor DataDependent = new(
        "MB2004", DiagnosticSeverity.Error, "A size or a setting depends on data",
        "{0}", "Make it constant, or compute it from shapes.");

    /// <summary>{0}: what is not supported.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new(
        "MB2005", DiagnosticSeverity.Error, "A valid use of an operator is not supported",
        "{0}", "Export the model without it.");

    /// <summary>{0}: the input or output; {1}: its type.</summary>
    public static readonly DiagnosticDescriptor UnsupportedSignature = new(
        "MB2006", DiagnosticSeverity.Error, "The type of an input or output is not supported",
        "{0} has the type {1}, which is not supported", "Give it a tensor type with a known number of dimensions.");

    /// <summary>{0}: what is too large.</summary>
    public static readonly DiagnosticDescriptor TooLarge = new(
        "MB2007", DiagnosticSeverity.Error, "A value is too large",
        "{0}", "Make the model's dimensions smaller, or its weights with Bits=\"8\": no buffer of the generated class holds 2 GiB or more.");

    /// <summary>{0}: number of nodes; {1}: how many are allowed.</summary>
    public static readonly DiagnosticDescriptor TooManyNodes = new(
        "MB2008", DiagnosticSeverity.Error, "The model has too many nodes",
        "the model has {0} nodes, and {1} are allowed", "Export the model with loops or larger operators; each node becomes a call in the generated class.");
}
