using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>An ONNX model as its file says, checked but not interpreted.</summary>
public sealed class OnnxModel
{
    /// <summary>The version of the file format, from 1.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The tool that wrote the file, such as <c>pytorch</c>.</summary>
    public string ProducerName { get; init; } = "";

    /// <summary>The version of that tool.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>The model's own domain, in reverse-DNS notation; often empty.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The model's own version; often 0.</summary>
    public long ModelVersion { get; init; }

    /// <summary>What its author says about it; often empty.</summary>
    public string DocString { get; init; } = "";

    /// <summary>Versions of the operator sets that the graph uses, by domain (empty for the standard one).</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    /// <summary>The main graph.</summary>
    public required OnnxGraph Graph { get; init; }

    /// <summary>Operators that the model defines itself.</summary>
    public IReadOnlyList<OnnxFunction> Functions { get; init; } = [];

    /// <summary>Free-form properties, in the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The file as the caller named it; what diagnostics about this model start with.</summary>
    public string FileName { get; init; } = "";

    /// <summary>SHA-256 of the model file as 64 lower-case hexadecimal digits; external data is not part of it.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Full paths of the other files that tensors were read from, each once: what else a build depends on.</summary>
    public IReadOnlyList<string> ExternalFiles { get; init; } = [];
}
