using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Builds graphs node by node, with the newest definition of each operator.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];

    /// <summary>An input; dimensions are written as in plans, for example <c>batch</c> or <c>2*n+1</c>.</summary>
    public Value Input(string name, ElementType type, params IEnumerable<string> shape)
    {
        var value = Value.Of(name, new TensorType(type, [.. shape.Select(DimParser.Parse)]));
        _inputs.Add(value);
        return value;
    }

    public static Value Integers(params long[] values) => Value.Of("integers", Tensor.Vector(values));

    public static Value Integer(long value) => Value.Of("integer", Tensor.Scalar(value));

    /// <summary>The first output of a new node.</summary>
    public Value Add(string op, IReadOnlyList<Value?> inputs, params (string Name, object Value)[] attributes)
    {
        var definition = OpRegistry.Get(op);
        return Add(op, definition.Versions[^1], inputs, attributes);
    }

    /// <summary>The first output of a new node of an older definition.</summary>
    public Value Add(string op, int version, IReadOnlyList<Value?> inputs, params (string Name, object Value)[] attributes)
    {
        var node = NodeFactory.Create(OpRegistry.Get(op), version, inputs, Attributes.Of(attributes), [op], [$"{op}{_nodes.Count}"]);
        _nodes.Add(node);
        return node.Output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    public void Add(Node node) => _nodes.Add(node);

    public KernelProgram Lower(params Value[] outputs) => ProgramBuilder.Lower(ToGraph(outputs));

    public Graph ToGraph(params Value[] outputs)
    {
        var symbols = _inputs.SelectMany(input => input.Type.Shape).SelectMany(dim => dim.Symbols).Distinct().Select(name => new DimSymbol(name, name, 1, int.MaxValue));
        return new Graph("test", [.. symbols], _inputs, [.. outputs.Select((value, i) => new GraphOutput($"output{i}", value))], _nodes);
    }
}
