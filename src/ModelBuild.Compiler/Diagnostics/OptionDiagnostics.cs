using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB40xx: options.</summary>
internal static class OptionDiagnostics
{
    /// <summary>{0}: the name; {1}: a suggestion.</summary>
    public static readonly DiagnosticDescriptor UnknownOption = new(
        "MB4001", DiagnosticSeverity.Error, "There is no such option",
        "\"{0}\" is not an option{1}", "See docs/options.md for the options of an OptimizedModel item.");

    /// <summary>{0}: the name; {1}: the value; {2}: what is allowed.</summary>
    public static readonly DiagnosticDescriptor InvalidValue = new(
        "MB4002", DiagnosticSeverity.Error, "An option's value is not allowed",
        "{0}=\"{1}\" is not allowed: {2}", "Change the value in the project file.");

    /// <summary>{0}: what contradicts what.</summary>
    public static readonly DiagnosticDescriptor Contradiction = new(
        "MB4003", DiagnosticSeverity.Error, "Options contradict each other",
        "{0}", "Remove one of them.");

    /// <summary>{0}: the name.</summary>
    public static readonly DiagnosticDescriptor UnknownDimension = new(
        "MB4004", DiagnosticSeverity.Error, "The model has no such dimension",
        "Dimensions names \"{0}\", which is not a symbolic dimension of the model's inputs", "Use the names that the command 'dump' shows.");

    /// <summary>{0}: what the system says.</summary>
    public static readonly DiagnosticDescriptor OutputUnwritable = new(
        "MB4005", DiagnosticSeverity.Error, "The outputs cannot be written",
        "the outputs cannot be written: {0}", "Name a folder that the build may write to.");

    /// <summary>{0}: the option; {1}: the name; {2}: the names that there are.</summary>
    public static readonly DiagnosticDescriptor UnknownValue = new(
        "MB4007", DiagnosticSeverity.Error, "The model has no such input or output",
        "{0} names \"{1}\", but {2}", "Use the names of the model, as the command 'dump' shows them.");

    /// <summary>{0}: the input; {1}: the output; {2}: why.</summary>
    public static readonly DiagnosticDescriptor ImpossibleState = new(
        "MB4008", DiagnosticSeverity.Error, "An input and an output are no state",
        "States pairs the input \"{0}\" with the output \"{1}\", but {2}", "A state is a numeric input and an output of the same type and shape; take out the pair, or correct it.");

    /// <summary>{0}: the name or pattern.</summary>
    public static readonly DiagnosticDescriptor UnknownLayer = new(
        "MB4009", DiagnosticSeverity.Error, "The model has no such layer",
        "Bits names {0}, and no node of that name has weights", "Use the names of layers that the report lists, or that the command 'dump' shows.");

    /// <summary>{0}: what is wrong with the command line.</summary>
    public static readonly DiagnosticDescriptor InvalidCommandLine = new(
        "MB4006", DiagnosticSeverity.Error, "The command line is not understood",
        "{0}", "Run the compiler with --help.");
}
