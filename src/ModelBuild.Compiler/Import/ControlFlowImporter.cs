using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>A node with graphs in it that is being imported.</summary>
internal sealed class ControlFlowImporter(
    ImportScope scope, OnnxNode node, int version, IReadOnlyList<Value?> inputs, IReadOnlyList<OnnxAttribute> attributes, string name, IReadOnlyList<string?> outputs)
{
    public int Version { get; } = version;

    public IReadOnlyList<Value?> Inputs { get; } = inputs;

    /// <summary>Names of the outputs; null for those that are not wanted.</summary>
    public IReadOnlyList<string?> Outputs { get; } = outputs;

    /// <summary>The attributes that are no graphs.</summary>
    public Attributes Attributes { get; } = AttributeImporter.Import([.. attributes.Where(attribute => attribute.Kind != OnnxAttributeKind.Graph)]);

    /// <summary>Input <paramref name="index"/>, or null where it is absent.</summary>
    public Value? Input(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>Input <paramref name="index"/>.</summary>
    /// <exception cref="OperatorException">It is absent.</exception>
    public Value Require(int index) => Input(index) ?? throw new OperatorException($"input {index} is missing");

    /// <summary>The graph in an attribute.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
    public OnnxGraph Graph(string attribute) =>
        attributes.FirstOrDefault(candidate => candidate.Name == attribute && candidate.Kind == OnnxAttributeKind.Graph)?.Graph ?? throw new OperatorException($"attribute \"{attribute}\" is missing");

    /// <summary>A value that a body is given, such as the state of a loop.</summary>
    public Value Formal(string onnxName, TensorType type, IReadOnlyList<Plan.Dim>? elements = null) => Value.Of(scope.NameFor(onnxName), type, elements);

    /// <summary>An identifier for a size that a run computes.</summary>
    public string NewSymbol(string hint) => scope.NewSymbol(hint);

    /// <summary>Imports the graph in an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="captures">Gets what the graph reads from around it.</param>
    /// <param name="formals">What stands for the graph's inputs, in order.</param>
    /// <exception cref="BodyFailedException">Nodes of the graph cannot be imported; they have been reported.</exception>
    public FlowBody Body(string attribute, CaptureList captures, IReadOnlyList<Value> formals)
    {
        var graph = Graph(attribute);
        var body = scope.Nested(captures);
        var results = Import(graph, body, formals);
        return new FlowBody(graph, body, formals, results);
    }

    /// <summary>Puts the nodes of the graph in an attribute in the place of this one, and gives the graph's outputs.</summary>
    /// <exception cref="BodyFailedException">Nodes of the graph cannot be imported; they have been reported.</exception>
    public IReadOnlyList<Value?> Inline(string attribute, params IReadOnlyList<Value> formals) => Import(Graph(attribute), scope.Nested(null), formals);

    /// <summary>Whether there is a graph in an attribute.</summary>
    public bool Has(string attribute) => attributes.Any(candidate => candidate.Name == attribute && candidate.Kind == OnnxAttributeKind.Graph);

    /// <summary>Adds the node with the graphs that were made of its attributes.</summary>
    public IReadOnlyList<Value?> Add(Op op, IReadOnlyList<Value?> operands, Attributes all) => scope.Add(op, Version, operands, all, [name], Outputs);

    /// <summary>Adds a node that computes a part of each output, under names of their own.</summary>
    public IReadOnlyList<Value?> AddPart(Op op, IReadOnlyList<Value?> operands, Attributes all) =>
        scope.Add(op, Version, operands, all, [name], [.. Outputs.Select(output => output is null ? null : scope.NewName(output))]);

    /// <summary>Adds the node with outputs for the parts of values that may be sequences, and gives those values.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="operands">Its inputs.</param>
    /// <param name="all">Its attributes.</param>
    /// <param name="like">For each output of the node a value of its kind.</param>
    public IReadOnlyList<Value?> Add(Op op, IReadOnlyList<Value?> operands, Attributes all, IReadOnlyList<Value> like)
    {
        var wanted = like.Select((value, i) => i < Outputs.Count ? Outputs[i] : null).ToArray();
        var names = like.Zip(wanted).SelectMany(pair => ValueParts.Names(pair.Second ?? string.Empty, pair.First.Type.Kind).Select(part => pair.Second is null ? null : part == pair.Second ? part : scope.NewName(part)));
        var results = new Queue<Value?>(scope.Add(op, Version, operands, all, [name], [.. names]));
        Value? Next(Value value, string? result)
        {
            Value?[] parts = [.. ValueParts.Of(value).Select(_ => results.Dequeue())];
            return result is null || value.Parts is null ? parts[0] : Value.Of(result, value.Parts.With([.. parts.Select(part => part!)]));
        }

        return [.. like.Zip(wanted, Next)];
    }

    /// <summary>The scope of a graph of the node, to add nodes to.</summary>
    public ImportScope NewScope(CaptureList captures) => scope.Nested(captures);

    /// <summary>Imports a graph of the node into a scope, and gives its outputs.</summary>
    public IReadOnlyList<Value> Import(string attribute, ImportScope body, IReadOnlyList<Value> formals) => Import(Graph(attribute), body, formals);

    /// <summary>Adds the nodes of a definition by other operators, to the graph around the node or to one of its own.</summary>
    public Value[] Expand(Op op, int count, Attributes all, IReadOnlyList<Value?> operands, ImportScope? body = null) =>
        [.. (body ?? scope).Add(op, op.Versions[^1], operands, all, [name], [.. Enumerable.Range(0, count).Select(_ => scope.NewName($"{name}_{op.Name}"))]).Select(value => value!)];

    /// <summary>Adds another node and gives its only output.</summary>
    public Value Add(string op, Attributes all, params Value?[] operands)
    {
        var definition = OpRegistry.Get(op);
        return scope.Add(definition, definition.Versions[^1], operands, all, [name], [scope.NewName($"{name}_{definition.Name}")])[0]!;
    }

    /// <summary>A result of a graph of one element, in the shape of another of one element; anything else stays as it is.</summary>
    public Value Shaped(ImportScope body, Value result, TensorType model)
    {
        if (result.Type.Element != model.Element || result.Type.Rank == model.Rank || !result.Type.Length.Equals(Plan.Dim.One) || !model.Length.Equals(Plan.Dim.One))
        {
            return result;
        }

        var reshape = OpRegistry.Get("Reshape");
        var shape = Value.Of(body.NameFor($"{result.Name}_shape"), Tensor.Vector([.. model.Shape.Select(dim => dim.Constant)]));
        return body.Add(reshape, reshape.Versions[^1], [result, shape], Attributes.None, [name], [body.NameFor($"{result.Name}_reshaped")])[0]!;
    }

    private Value[] Import(OnnxGraph graph, ImportScope body, IReadOnlyList<Value> formals)
    {
        if (formals.Count != graph.Inputs.Count)
        {
            throw new OperatorException($"its graph \"{graph.Name}\" has {graph.Inputs.Count} inputs where {formals.Count} are given (node {node.OpType})");
        }

        foreach (var (input, formal) in graph.Inputs.Zip(formals))
        {
            body.Define(input.Name, formal);
        }

        body.ImportInitializers(graph);
        body.ImportNodes(graph.Nodes);
        if (graph.Outputs.Any(output => body.IsFailed(output.Name)))
        {
            throw new BodyFailedException();
        }

        return [.. graph.Outputs.Select(output => body.Find(output.Name) ?? throw new OperatorException($"nothing produces output \"{output.Name}\" of its graph"))];
    }
}

/// <summary>A graph within a node, imported.</summary>
/// <param name="Source">The graph in the model.</param>
/// <param name="Scope">Its names.</param>
/// <param name="Formals">What the node gives it.</param>
/// <param name="Results">Its outputs.</param>
internal sealed record FlowBody(OnnxGraph Source, ImportScope Scope, IReadOnlyList<Value> Formals, IReadOnlyList<Value> Results)
{
    /// <summary>The graph. Its inputs are the parts of the formals, then one for each value that the graphs of the node read from around them.</summary>
    public Graph ToGraph()
    {
        GraphOutput[] outputs = [.. Results.SelectMany(ValueParts.Of).Select(value => new GraphOutput(value.Name, value))];
        return new Graph(Source.Name, [], [.. Formals.SelectMany(ValueParts.Of), .. Scope.Formals], outputs, GraphOrder.Sort(Scope.Nodes, outputs));
    }
}

/// <summary>A graph within a node cannot be imported. Why has been reported, so that the node itself needs no error of its own.</summary>
internal sealed class BodyFailedException : Exception;
