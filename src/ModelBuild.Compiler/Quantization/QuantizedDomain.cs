using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Quantization;

/// <summary>A piece of the graph that can compute on 8-bit values.</summary>
/// <param name="Nodes">The operator and what is fused to it.</param>
/// <param name="Inputs">The activations it reads.</param>
/// <param name="Result">Its output.</param>
/// <param name="Layer">The layer; null for other operators.</param>
/// <param name="KeepsScale">Whether its output has the scale and zero point of its inputs: it only moves or chooses values.</param>
internal sealed record QuantizedUnit(IReadOnlyList<Node> Nodes, IReadOnlyList<Value> Inputs, Value Result, WeightLayer? Layer, bool KeepsScale);

/// <summary>
/// Decides which values of a graph become 8-bit integers. Every layer reads them. An operator between layers computes on them where its inputs come from 8-bit
/// operators and its output goes to one; so floats remain where a chain ends (at the model's outputs, before Softmax or a normalization) and no value is rounded
/// only to be made a float again.
/// </summary>
internal sealed class QuantizedDomain
{
    // Values move, or some are chosen: the output has the scale of the input.
    private static readonly string[] Moves = ["MaxPool", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Slice", "Identity", "DepthToSpace", "SpaceToDepth"];

    // Functions of one value: 8 bits in and 8 bits out are a table of 256 bytes.
    private static readonly string[] Functions =
    [
        "LeakyRelu", "HardSwish", "HardSigmoid", "Elu", "Selu", "Celu", "Tanh", "Sigmoid", "Softplus", "Softsign", "Mish", "Gelu", "ThresholdedRelu", "Relu", "Clip",
        "Erf", "Abs", "Neg", "Exp", "Swish",
    ];

    private readonly List<QuantizedUnit> _units;

    private QuantizedDomain(List<QuantizedUnit> units)
    {
        _units = units;
        Values = units.SelectMany(unit => unit.Inputs).ToHashSet();
        Produced = units.Select(unit => unit.Result).ToHashSet();
        Nodes = units.SelectMany(unit => unit.Nodes).ToHashSet();
    }

    /// <summary>What computes on 8-bit values, in order.</summary>
    public IReadOnlyList<QuantizedUnit> Units => _units;

    /// <summary>The values to quantize.</summary>
    public IReadOnlySet<Value> Values { get; }

    /// <summary>The values that 8-bit operators produce.</summary>
    public IReadOnlySet<Value> Produced { get; }

    /// <summary>The nodes of all units.</summary>
    public IReadOnlySet<Node> Nodes { get; }

    /// <summary>What becomes of an operator among 8-bit layers, in one word; null where it computes in floats.</summary>
    public static string? RoleOf(string op) => op switch
    {
        "Conv" or "Gemm" or "MatMul" => "layer",
        "Add" => "sum",
        "Concat" => "moves",
        "AveragePool" or "GlobalAveragePool" or "ReduceMean" => "mean",
        _ => Moves.Contains(op) ? "moves" : Functions.Contains(op) ? "table" : null,
    };

    public static QuantizedDomain Find(Graph graph, IReadOnlyList<WeightLayer> layers)
    {
        var units = Candidates(graph, layers);

        // An operator that is not part of a chain leaves its neighbours without a partner, so that they go, too.
        while (true)
        {
            var read = units.SelectMany(unit => unit.Inputs).ToHashSet();
            var made = units.Select(unit => unit.Result).ToHashSet();
            var kept = units.Where(unit => unit.Layer is not null
                || (read.Contains(unit.Result) && unit.Inputs.All(input => made.Contains(input) || (unit.KeepsScale && graph.Inputs.Contains(input))))).ToList();
            if (kept.Count == units.Count)
            {
                return new QuantizedDomain(units);
            }

            units = kept;
        }
    }

    /// <summary>The values that share one scale with each value.</summary>
    public IReadOnlyDictionary<Value, Value> Groups()
    {
        var leader = Values.Concat(Produced).Distinct().ToDictionary(value => value, value => value);
        Value Find(Value value) => leader[value] == value ? value : leader[value] = Find(leader[value]);
        foreach (var unit in _units.Where(unit => unit.KeepsScale))
        {
            foreach (var input in unit.Inputs)
            {
                leader[Find(unit.Result)] = Find(input);
            }
        }

        return leader.Keys.ToDictionary(value => value, Find);
    }

    private static List<QuantizedUnit> Candidates(Graph graph, IReadOnlyList<WeightLayer> layers)
    {
        var byNode = layers.ToDictionary(layer => layer.Node);
        var taken = new HashSet<Node>();
        var units = new List<QuantizedUnit>();
        foreach (var node in graph.Nodes.Where(node => !taken.Contains(node)))
        {
            var unit = byNode.TryGetValue(node, out var layer)
                ? new QuantizedUnit([.. new[] { node, layer.BiasAdd, layer.Activation }.OfType<Node>()], [layer.Input], layer.Result, layer, KeepsScale: false)
                : Candidate(graph, node);
            if (unit is not null)
            {
                units.Add(unit);
                taken.UnionWith(unit.Nodes);
            }
        }

        return units;
    }

    private static QuantizedUnit? Candidate(Graph graph, Node node)
    {
        if (node.Op.Domain.Length > 0 || node.Outputs.Count != 1 || node.Output.Type.Element != ElementType.Float || node.Input(0) is not { IsConstant: false, Type.Element: ElementType.Float } first)
        {
            return null;
        }

        var others = node.Inputs.Skip(1);
        return node.Op.Name switch
        {
            var name when Moves.Contains(name) && others.All(input => input is null or { IsConstant: true } or { Elements: not null }) => new QuantizedUnit([node], [first], node.Output, null, KeepsScale: true),
            "Concat" when node.Inputs.All(input => input is { IsConstant: false }) => new QuantizedUnit([node], [.. node.Inputs.OfType<Value>().Distinct()], node.Output, null, KeepsScale: true),
            "AveragePool" or "GlobalAveragePool" => new QuantizedUnit([node], [first], node.Output, null, KeepsScale: false),
            "ReduceMean" when IsSpatialMean(node) => new QuantizedUnit([node], [first], node.Output, null, KeepsScale: false),
            "Add" when node.Inputs[1] is { IsConstant: false } second && first.Type.Equals(second.Type) && first != second => WithClamp(graph, node, [first, second]),
            var name when Functions.Contains(name) && others.All(input => input is null or { IsConstant: true }) => new QuantizedUnit([node], [first], node.Output, null, KeepsScale: false),
            _ => null,
        };
    }

    private static QuantizedUnit WithClamp(Graph graph, Node node, IReadOnlyList<Value> inputs)
    {
        var clamp = Clamps.FusableAfter(graph, node.Output);
        return new QuantizedUnit([.. new[] { node, clamp }.OfType<Node>()], inputs, (clamp ?? node).Output, null, KeepsScale: false);
    }

    // The mean over height and width of an image: a global average pool that drops or keeps the axes.
    private static bool IsSpatialMean(Node node)
    {
        var axes = node.Attributes.Ints("axes") ?? (node.Input(1)?.Constant is { } constant ? constant.ToInt64() : []);
        return node.Inputs[0]!.Type.Rank == 4 && axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2L, 3L]);
    }
}
