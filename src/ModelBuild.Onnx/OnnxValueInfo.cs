namespace ModelBuild.Onnx;

/// <summary>The declaration of a value: a graph input or output, or what the exporter knew about a value between them.</summary>
public sealed class OnnxValueInfo
{
    /// <summary>The name of the value.</summary>
    public required string Name { get; init; }

    /// <summary>Its type, or null when undeclared, which inputs of the main graph never are.</summary>
    public OnnxType? Type { get; init; }

    /// <summary>What its author says about it; often empty.</summary>
    public string DocString { get; init; } = "";
}
