using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.IR;

/// <summary>One operation of a graph. Immutable.</summary>
internal sealed class Node
{
    public Node(Ops.Op op, int version, IReadOnlyList<Value?> inputs, IReadOnlyList<Value?> outputs, Attributes attributes, IReadOnlyList<string> origins)
    {
        Op = op;
        Version = version;
        Inputs = inputs;
        Outputs = outputs;
        Attributes = attributes;
        Origins = origins;
    }

    public Ops.Op Op { get; }

    /// <summary>The operator set version whose definition of the operator holds; 1 for our own operators.</summary>
    public int Version { get; }

    /// <summary>Inputs in order; null where an optional one is absent.</summary>
    public IReadOnlyList<Value?> Inputs { get; }

    /// <summary>Outputs in order; null where an optional one is not wanted.</summary>
    public IReadOnlyList<Value?> Outputs { get; }

    public Attributes Attributes { get; }

    /// <summary>Names of the ONNX nodes whose work this is; for errors, comments and the report.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>The graphs in the node's attributes.</summary>
    public IEnumerable<Graph> Bodies => Attributes.All.Select(attribute => attribute.Value).OfType<Graph>();

    /// <summary>The sizes and numbers that the node finds out when it runs, itself or in its graphs.</summary>
    public IEnumerable<string> Symbols => Ops.InferContext.SymbolsOf(Attributes).Concat(Bodies.SelectMany(body => body.Nodes).SelectMany(node => node.Symbols));

    /// <summary>The first output.</summary>
    public Value Output => Outputs[0] ?? throw new InvalidOperationException($"{this} has no first output.");

    public bool Is(string opType, string domain = "") => Op.Name == opType && Op.Domain == domain;

    /// <summary>Input <paramref name="index"/>, or null where it is absent.</summary>
    public Value? Input(int index) => index < Inputs.Count ? Inputs[index] : null;

    public Node WithInputs(IReadOnlyList<Value?> inputs) => new(Op, Version, inputs, Outputs, Attributes, Origins);

    public Node WithAttributes(Attributes attributes) => new(Op, Version, Inputs, Outputs, attributes, Origins);

    public Node WithOutputs(IReadOnlyList<Value?> outputs) => new(Op, Version, Inputs, outputs, Attributes, Origins);

    /// <summary>The same node with other graphs in its attributes.</summary>
    public Node MapBodies(Func<Graph, Graph> map) =>
        !Bodies.Any() ? this : WithAttributes(Attributes.Of(Attributes.All.Select(attribute => (attribute.Key, attribute.Value is Graph body ? map(body) : attribute.Value))));

    public override string ToString() =>
        $"{string.Join(", ", Outputs.Select(output => output?.ToString() ?? "_"))} = {Op.QualifiedName}({string.Join(", ", Inputs.Select(Short))}){Attributes}";

    private static string Short(Value? value) => value is null ? "_" : value.Constant is { } c && c.Length <= 8 ? $"%{value.Name}={TensorText.Of(c)}" : "%" + value.Name;
}
