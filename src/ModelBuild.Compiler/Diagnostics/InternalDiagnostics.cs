using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB9xxx: our own bugs.</summary>
internal static class InternalDiagnostics
{
    /// <summary>{0}: the stage of the compiler; {1}: what happened.</summary>
    public static readonly DiagnosticDescriptor CompilerBug = new(
        "MB9002", DiagnosticSeverity.Error, "The compiler has a bug",
        "the compiler failed in {0}: {1}", "Please report it together with the model, or with what the command 'dump' prints.");
}
