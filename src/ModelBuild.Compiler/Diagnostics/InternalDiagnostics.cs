using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB9xxx: our own bugs.</summary>
internal static class InternalDiagnostics
{
    public static readonly DiagnosticDescriptor CompilerBug = new(
        "MB9002", DiagnosticSeverity.Error, "The compiler has a bug", "the compiler failed in {0}: {1}.", "Please report it with the model, or with the output of the command 'dump'.");
}
