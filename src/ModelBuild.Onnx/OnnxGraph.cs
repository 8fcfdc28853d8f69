using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>
/// Nodes and the values between them. In a graph that <see cref="OnnxReader"/> returns, every value has one producer, every node
/// input has one (in this graph or, for a nested graph, around it), and nodes come after the nodes they depend on.
/// </summary>
public sealed class OnnxGraph
{
    /// <summary>The graph's name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The nodes, each after those whose outputs it (or a graph nested in it) reads.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>
    /// The inputs. An input that is also an initializer may be left out by the caller; before IR 4 every initializer was such an input.
    /// </summary>
    public IReadOnlyList<OnnxValueInfo> Inputs { get; init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs { get; init; } = [];

    /// <summary>The constants, such as weights.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>The constants that are stored sparsely.</summary>
    public IReadOnlyList<OnnxSparseTensor> SparseInitializers { get; init; } = [];

    /// <summary>What the exporter knew about values inside the graph: hints, not to be trusted.</summary>
    public IReadOnlyList<OnnxValueInfo> ValueInfos { get; init; } = [];

    /// <summary>Quantization parameters that the exporter noted beside the nodes.</summary>
    public IReadOnlyList<OnnxQuantizationAnnotation> QuantizationAnnotations { get; init; } = [];

    /// <summary>What its author says about it; often empty.</summary>
    public string DocString { get; init; } = "";
}
