using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Compression;

/// <summary>
/// A layer whose weights are constant, as ONNX says it: Conv, Gemm, or MatMul followed by Add, then perhaps Relu or Clip. What prunes and quantizes weights sees
/// them as a matrix of <see cref="Inner"/> rows (what one output sums over) and <see cref="Outputs"/> columns, however they are stored.
/// </summary>
internal sealed class WeightLayer
{
    private readonly int _outputAxis;

    private WeightLayer(Graph graph, Node node, int outputAxis)
    {
        Node = node;
        _outputAxis = outputAxis;
        Weights = node.Inputs[1]!.Constant!;
        BiasAdd = node.Is("MatMul") ? FindBias(graph, node, Outputs) : null;
        Bias = BiasAdd is null ? node.Input(2)?.Constant : Other(BiasAdd, node.Output).Constant!.Reshaped(Outputs);
        Activation = Clamps.FusableAfter(graph, Linear);
    }

    /// <summary>Conv, Gemm or MatMul.</summary>
    public Node Node { get; }

    /// <summary>The Add of a constant vector after a MatMul.</summary>
    public Node? BiasAdd { get; }

    /// <summary>The Relu or Clip that becomes a part of the layer.</summary>
    public Node? Activation { get; }

    public Tensor Weights { get; }

    /// <summary>One value per output.</summary>
    public Tensor? Bias { get; }

    public Value Input => Node.Inputs[0]!;

    /// <summary>The output before the activation.</summary>
    public Value Linear => (BiasAdd ?? Node).Output;

    /// <summary>The output after the activation.</summary>
    public Value Result => Activation?.Output ?? Linear;

    /// <summary>The axis of <see cref="Weights"/> along which each index is an output of its own.</summary>
    public int OutputAxis => _outputAxis;

    public int Outputs => (int)Weights.Dims[_outputAxis];

    /// <summary>Number of weights that one output sums over.</summary>
    public int Inner => Weights.Length / Outputs;

    public bool IsConvolution => Node.Is("Conv");

    /// <summary>How the report calls the layer.</summary>
    public string Name => Node.Origins.Count > 0 ? Node.Origins[0] : Node.Output.Name;

    /// <summary>All layers of a graph, in order.</summary>
    public static IReadOnlyList<WeightLayer> FindAll(Graph graph) => [.. graph.Nodes.Select(node => Find(graph, node)).OfType<WeightLayer>()];

    /// <summary>Where weight (inner, output) of the matrix stands in <see cref="Weights"/>.</summary>
    public int Offset(int inner, int output) => _outputAxis == 0 ? (output * Inner) + inner : (inner * Outputs) + output;

    private static WeightLayer? Find(Graph graph, Node node)
    {
        if (node.Input(1)?.Constant is not { Type: ElementType.Float, Length: > 0 } weights || node.Output.Type.Element != ElementType.Float || !IsFinite(weights))
        {
            return null;
        }

        if (node.Is("Conv") && weights.Dims.Count is 3 or 4 && node.Input(2) is null or { IsConstant: true })
        {
            return new WeightLayer(graph, node, outputAxis: 0);
        }

        if (node.Is("MatMul") && weights.Dims.Count == 2 && node.Inputs[0]!.Type.Rank >= 2)
        {
            return new WeightLayer(graph, node, outputAxis: 1);
        }

        var isPlainGemm = node.Is("Gemm") && weights.Dims.Count == 2 && !node.Attributes.Flag("transA")
            && node.Attributes.Get("alpha", 1f) == 1 && node.Attributes.Get("beta", 1f) == 1
            && (node.Input(2) is null || node.Input(2)?.Constant is { Dims.Count: 1 } bias && bias.Length == node.Output.Type[1].Constant);
        return isPlainGemm ? new WeightLayer(graph, node, node.Attributes.Flag("transB") ? 0 : 1) : null;
    }

    // There is no scale, and no order of importance, for weights of which one is infinite or not a number: the layer stays as it is.
    private static bool IsFinite(Tensor weights)
    {
        foreach (var weight in weights.As<float>())
        {
            if (!float.IsFinite(weight))
            {
                return false;
            }
        }

        return true;
    }

    private static Node? FindBias(Graph graph, Node product, int outputs) =>
        graph.OnlyConsumerOf(product.Output) is { } add && add.Is("Add") && add.Output.Type.Equals(product.Output.Type)
            && Other(add, product.Output).Constant is { } bias && bias.Length == outputs && bias.Dims.Count > 0 && bias.Dims[^1] == outputs ? add : null;

    private static Value Other(Node add, Value one) => add.Inputs[0] == one ? add.Inputs[1]! : add.Inputs[0]!;
}
