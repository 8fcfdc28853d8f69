using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Adds one node to the graph under construction and gives its outputs; null for those that are not wanted.</summary>
/// <param name="op">The operator.</param>
/// <param name="version">The version of its definition.</param>
/// <param name="inputs">Inputs.</param>
/// <param name="attributes">Attributes.</param>
/// <param name="outputs">Names for the outputs; null for those that are not wanted.</param>
internal delegate IReadOnlyList<Value?> NodeAdder(Op op, int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string?> outputs);

/// <summary>A node that is being replaced by the nodes that define it. Every value has its type, and its contents where it is constant, as soon as it is added.</summary>
internal sealed class FunctionContext(int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string?> outputs, NodeAdder add)
{
    private readonly Value?[] _results = new Value?[outputs.Count];
    private int _added;

    /// <summary>The operator set version whose definition holds.</summary>
    public int Version { get; } = version;

    public Attributes Attributes { get; } = attributes;

    public int InputCount { get; } = inputs.Count;

    public int OutputCount { get; } = outputs.Count;

    /// <summary>What was made for each output; null where the output is not wanted.</summary>
    public IReadOnlyList<Value?> Results => _results;

    /// <summary>Input <paramref name="index"/>, or null where it is absent.</summary>
    public Value? Input(int index) => index < InputCount ? inputs[index] : null;

    /// <summary>Input <paramref name="index"/>.</summary>
    /// <exception cref="OperatorException">It is absent.</exception>
    public Value Require(int index) => Input(index) ?? throw new OperatorException($"input {index} is missing");

    /// <summary>The type of input <paramref name="index"/>.</summary>
    public TensorType Type(int index) => Require(index).Type;

    /// <summary>Whether output <paramref name="index"/> is wanted.</summary>
    public bool Wants(int index) => index < outputs.Count && outputs[index] is not null;

    /// <summary>A node with the operator's newest definition; gives its first output. Operators of other domains are written <c>domain.Name</c>.</summary>
    public Value Add(string op, params Value?[] inputs) => Add(op, Attributes.None, inputs);

    /// <inheritdoc cref="Add(string, Value?[])"/>
    public Value Add(string op, Attributes attributes, params Value?[] inputs) => AddAll(op, 1, attributes, inputs)[0];

    /// <summary>A node with the operator's newest definition; gives its first outputs.</summary>
    public Value[] AddAll(string op, int outputs, Attributes attributes, params Value?[] inputs)
    {
        var definition = OpRegistry.Get(op);
        if (definition is Cast && inputs[0]?.Type.Element == ElementType.String)
        {
            // Definitions convert numbers: an operator on them does not read texts because its definition has a Cast.
            throw ElementKinds.Unsupported("an operator on numbers", ElementType.String);
        }

        return AddAll(definition, outputs, attributes, inputs);
    }

    /// <summary>Texts as the numbers that are written there.</summary>
    public Value Read(Value texts, ElementType type) => AddAll(OpRegistry.Get("Cast"), 1, Attributes.Of(("to", (long)type)), texts)[0];

    private Value[] AddAll(Op definition, int outputs, Attributes attributes, params Value?[] inputs)
    {
        var names = Enumerable.Range(0, outputs).Select(_ => Name(definition.Name)).ToArray();
        return [.. add(definition, definition.Versions[^1], inputs, attributes, names).Select(value => value!)];
    }

    /// <summary>The same node with other inputs: its operator, attributes and version; gives the outputs that are wanted of this one.</summary>
    public IReadOnlyList<Value?> Again(Op op, params Value?[] inputs) =>
        add(op, Version, inputs, Attributes, [.. Enumerable.Range(0, outputs.Count).Select(index => Wants(index) ? Name(op.Name) : null)]);

    /// <summary>Another node with other inputs; gives all its outputs.</summary>
    public IReadOnlyList<Value?> Repeat(Node node, params IReadOnlyList<Value?> inputs) =>
        add(node.Op, node.Version, inputs, node.Attributes, [.. node.Outputs.Select(output => output is null ? null : Name(node.Op.Name))]);

    public Value Constant(Tensor tensor) => Value.Of(Name("constant"), tensor);

    /// <summary>The value with zeros in front of and behind one axis; in a form that operator sets from 11 on know.</summary>
    public Value Padded(Value value, int axis, long before, long after)
    {
        var pads = new long[2 * value.Type.Rank];
        (pads[axis], pads[value.Type.Rank + axis]) = (before, after);
        return Add("Pad", value, Constant(pads));
    }

    /// <summary>A vector of 64-bit integers.</summary>
    public Value Constant(params IReadOnlyList<long> values) => Constant(Tensor.Vector(values));

    /// <summary>A scalar of a type of numbers, rounded to it.</summary>
    public Value Scalar(double value, ElementType type = ElementType.Float) => Constant(TensorNumbers.Scalar(value, type));

    /// <summary>The sizes of a value's dimensions, as a vector of 64-bit integers; what is known of them stays known.</summary>
    public Value ShapeOf(Value value) => Add("Shape", value);

    /// <summary>Says what output <paramref name="index"/> is.</summary>
    public void Output(int index, Value value)
    {
        if (Wants(index))
        {
            _results[index] = value;
        }
    }

    // What is within is named after the first output.
    private string Name(string op) => $"{outputs.FirstOrDefault(name => name is not null) ?? "value"}_{op}{(_added++ == 0 ? string.Empty : $"_{_added}")}";
}
