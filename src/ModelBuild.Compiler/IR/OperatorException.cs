using System;
using System.Diagnostics;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

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

    /// <summary>An operator that is written for a number has a size that depends on those of the inputs, or on data.</summary>
    public static OperatorException UnknownSize(Dim size) =>
        Unsupported($"it needs a size to be a number that is known before a run, and the size is {size}", "Fix the size in the model, or with Dimensions=\"name=number\".");

    /// <summary>Sizes and numbers of a node that no arithmetic can be done with.</summary>
    public static OperatorException Arithmetic() => new("a number in it, or a size that follows from it, is too large to compute with, or would be divided by 0");

    /// <summary>What an operator threw that it should have refused in words: a bug of ours, which must not hide what else is wrong with the model.</summary>
    public static OperatorException Bug(Exception exception)
    {
        var method = new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Assembly == typeof(OperatorException).Assembly);
        var place = method is null ? string.Empty : $" in {method.DeclaringType!.Name}.{method.Name}";
        return new OperatorException($"{exception.GetType().Name}{place}: {exception.Message.TrimEnd('.')}", null, InternalDiagnostics.CompilerBug with { MessageFormat = "the compiler failed at this node: {0}" });
    }

    public Diagnostic ToDiagnostic(string file, string? node) =>
        (remedy is null ? _descriptor : _descriptor with { Remedy = remedy }).Create(file, node, DiagnosticText.Shortened(Message));
}
