using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Onnx.Reading;

/// <summary>Where the problems of one file go.</summary>
internal sealed class FileReport(DiagnosticSink sink, string file)
{
    private readonly int _errorsBefore = sink.ErrorCount;

    /// <summary>The file as the user named it.</summary>
    public string File { get; } = file;

    /// <summary>Whether this file has errors, whatever else the sink holds.</summary>
    public bool HasErrors => sink.ErrorCount > _errorsBefore;

    /// <summary>Reports a problem of the file, or of <paramref name="node"/> in it.</summary>
    public void Add(DiagnosticDescriptor descriptor, string? node, params object?[] arguments) =>
        sink.Add(descriptor.Create(File, node, arguments));
}
