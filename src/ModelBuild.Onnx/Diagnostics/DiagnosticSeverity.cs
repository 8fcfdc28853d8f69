namespace ModelBuild.Onnx.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; the result is what was asked for.</summary>
    Note,

    /// <summary>The build goes on, but the model should be looked at.</summary>
    Warning,

    /// <summary>The model cannot be compiled.</summary>
    Error,
}
