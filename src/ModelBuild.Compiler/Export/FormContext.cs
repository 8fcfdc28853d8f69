using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Export;

/// <summary>A node of an operator of ours that is being replaced by nodes of ONNX. What is constant among these is computed at once. Names need not be unique: the file gives them.</summary>
/// <param name="graph">The graph that the node is in.</param>
/// <param name="node">The node.</param>
internal sealed class FormContext(Graph graph, Node node)
{
    private readonly Value?[] _results = new Value?[node.Outputs.Count];
    private readonly List<Node> _added = [];

    public Graph Graph { get; } = graph;

    public Node Node { get; } = node;

    /// <summary>Whether output <paramref name="index"/> is wanted.</summary>
    public bool Wants(int index) => Node.Outputs.ElementAtOrDefault(index) is not null;

    /// <summary>A constant.</summary>
    public static Value Constant(Tensor tensor) => Value.Of("constant", tensor);

    /// <summary>A vector of 64-bit integers.</summary>
    public static Value Constant(params IReadOnlyList<long> values) => Constant(Tensor.Vector(values));

    /// <summary>A node with the operator's newest definition; gives its only output.</summary>
    public Value Add(string op, params Value?[] inputs) => Add(op, Attributes.None, inputs);

    /// <inheritdoc cref="Add(string, Value?[])"/>
    public Value Add(string op, Attributes attributes, params Value?[] inputs)
    {
        var made = NodeFactory.Create(op, inputs, attributes, Node.Origins, _ => $"{Node.Outputs.OfType<Value>().First().Name}_{op}");
        if (ConstantFolder.TryFold(made) is [var folded])
        {
            return Value.Of(made.Output.Name, folded);
        }

        _added.Add(made);
        return made.Output;
    }

    /// <summary>A node whose types the caller knows, since the importer would replace it by others; gives an output for each type.</summary>
    public Value?[] Add(Op op, Attributes attributes, IReadOnlyList<Value?> inputs, params IReadOnlyList<TensorType?> types)
    {
        Value?[] outputs = [.. types.Select(type => type is null ? null : Value.Of($"{Node.Outputs.OfType<Value>().First().Name}_{op.Name}", type))];
        _added.Add(new Node(op, op.Versions[^1], inputs, outputs, attributes, Node.Origins));
        return outputs;
    }

    /// <summary>Says what output <paramref name="index"/> is.</summary>
    public void Output(int index, Value value)
    {
        if (Wants(index))
        {
            _results[index] = value;
        }
    }

    /// <summary>The nodes, which give the outputs of the replaced one.</summary>
    public IEnumerable<Node> Finish()
    {
        var names = new Dictionary<Value, Value>();
        foreach (var (output, result) in Node.Outputs.Zip(_results).Where(pair => pair.First is not null))
        {
            if (!_added.Any(made => made.Outputs.Contains(result)) || !names.TryAdd(result!, output!))
            {
                _added.Add(new Node(OpRegistry.Get("Identity"), 1, [result], [output], Attributes.None, Node.Origins));
            }
        }

        Value? Named(Value? value) => value is null ? null : names.GetValueOrDefault(value, value);
        return _added.Select(made => made.WithInputs([.. made.Inputs.Select(Named)]).WithOutputs([.. made.Outputs.Select(Named)]));
    }
}
