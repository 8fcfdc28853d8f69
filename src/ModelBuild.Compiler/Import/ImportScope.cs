using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// The names of a graph and what they stand for, while its nodes are imported: of the main graph, of the body of a function, which becomes a part of the graph that
/// calls it, or of a branch or the body of a loop, which takes what it reads from around it as additional inputs.
/// </summary>
internal sealed class ImportScope
{
    private readonly ImportContext _context;
    private readonly IReadOnlyDictionary<string, long> _opsets;
    private readonly ImportScope? _parent;
    private readonly CaptureList? _captures;
    private readonly FunctionCall? _call;
    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal) { [string.Empty] = null };
    private readonly Dictionary<Value, Value> _formals = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly bool _isMain;

    /// <summary>The scope of the main graph.</summary>
    public ImportScope(ImportContext context, IReadOnlyDictionary<string, long> opsets)
    {
        _context = context;
        _opsets = opsets;
        _isMain = true;
    }

    private ImportScope(ImportScope outer, ImportScope? parent, IReadOnlyDictionary<string, long> opsets, List<Node> nodes, CaptureList? captures, FunctionCall? call)
    {
        _context = outer._context;
        _parent = parent;
        _opsets = opsets;
        _captures = captures;
        _call = call;
        Nodes = nodes;
    }

    public List<Node> Nodes { get; } = [];

    /// <summary>The scope of a graph within a node of this one. Where <paramref name="captures"/> is null, its nodes become nodes of this graph.</summary>
    public ImportScope Nested(CaptureList? captures) => new(this, this, _opsets, captures is null ? Nodes : [], captures, _call);

    /// <summary>What a name stands for: null where an operand is absent, or nothing has that name.</summary>
    public Value? Find(string name)
    {
        if (_values.TryGetValue(name, out var value) || _parent is null)
        {
            return value;
        }

        var outer = _parent.Find(name);
        return outer is null ? null : Inner(outer);
    }

    /// <summary>What stands here for a value of the graph around.</summary>
    public Value Inner(Value outer) => outer.IsConstant || _captures is null ? outer
        : outer.Parts is { } parts ? Value.Of(outer.Name, parts.With([.. parts.All.Select(Inner)]))
        : Formal(outer);

    /// <summary>The inputs that stand for what the graph reads from around it, for everything that <see cref="CaptureList"/> has.</summary>
    public IEnumerable<Value> Formals => _captures!.Values.Select(Formal);

    public void Define(string name, Value? value) => _values[name] = value;

    public void Fail(string name)
    {
        if (name.Length > 0)
        {
            _failed.Add(name);
        }
    }

    /// <summary>Whether what makes a value was reported.</summary>
    public bool IsFailed(string name) => _failed.Contains(name) || (!_values.ContainsKey(name) && _parent is not null && _parent.IsFailed(name));

    /// <summary>A name for a value of this graph: as the model has it in the main graph, else one that no other value has.</summary>
    public string NameFor(string name) => _isMain ? name : _context.Names.Give(name);

    /// <summary>A name that no other value has.</summary>
    public string NewName(string hint) => _context.Names.Give(hint);

    /// <summary>An identifier for a size that a run computes.</summary>
    public string NewSymbol(string hint) => _context.Symbols.AddBound(hint);

    public void ImportInitializers(OnnxGraph graph)
    {
        foreach (var initializer in graph.Initializers.Where(initializer => !_values.ContainsKey(initializer.Name)))
        {
            DefineConstant(initializer.Name, initializer);
        }

        foreach (var initializer in graph.SparseInitializers)
        {
            DefineConstant(initializer.Values.Name, SparseImporter.ToDense(initializer));
        }
    }

    public void ImportNodes(IEnumerable<OnnxNode> nodes)
    {
        foreach (var node in nodes)
        {
            ImportNode(node);
        }
    }

    /// <summary>Adds a node, or the nodes that it stands for, and gives its outputs: constants, where they can be computed now.</summary>
    public IReadOnlyList<Value?> Add(Op op, int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string> origins, IReadOnlyList<string?> outputs)
    {
        var function = Function(version, inputs, attributes, origins, outputs);
        var before = Nodes.Count;
        if (op.TryExpand(function))
        {
            if (Nodes.Skip(before).Any(made => made.Op.Domain == Op.OwnDomain))
            {
                _context.Expansions.Add(new Expansion(op, version, inputs, attributes, function.Results, [.. Nodes.Skip(before)], origins));
            }

            return function.Results;
        }

        if (inputs.Index().FirstOrDefault(input => input.Item?.Parts is not null) is (var index, { Parts: { } parts }))
        {
            throw new OperatorException($"input {index} is of the kind {parts.Kind}, and {op.QualifiedName} takes tensors");
        }

        var node = Create(op, version, inputs, attributes, origins, outputs);
        if (ConstantFolder.TryFold(node) is { } folded)
        {
            return [.. outputs.Zip(folded, (name, tensor) => Value.Of(name!, tensor))];
        }

        Nodes.Add(node);
        return node.Outputs;
    }

    private FunctionContext Function(int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string> origins, IReadOnlyList<string?> outputs) =>
        new(version, inputs, attributes, outputs, (inner, innerVersion, innerInputs, innerAttributes, innerOutputs) =>
            Add(inner, innerVersion, innerInputs, innerAttributes, origins, [.. innerOutputs.Select(name => name is null ? null : _context.Names.Give(name))]));

    // The nodes that compute derivatives follow from the nodes that are there already.
    private IReadOnlyList<Value?> Differentiate(FunctionContext function)
    {
        Gradient.Expand(function, Find, [.. Nodes]);
        return function.Results;
    }

    private Value Formal(Value outer)
    {
        if (!_formals.TryGetValue(outer, out var formal))
        {
            _captures!.Add(outer);
            formal = Value.Of(_context.Names.Give(outer.Name), outer.Type, outer.Elements);
            _formals[outer] = formal;
        }

        return formal;
    }

    private void ImportNode(OnnxNode node)
    {
        long? opset = _opsets.TryGetValue(node.Domain, out var declared) ? declared : null;
        try
        {
            AddNode(node, opset ?? 1);
        }
        catch (OperatorException exception)
        {
            Fail(node);
            _context.Sink.Add(exception.ToDiagnostic(_context.Model.FileName, node.Describe(opset)));
        }
        catch (BodyFailedException)
        {
            Fail(node);
        }
        catch (UnknownSizeException exception)
        {
            Fail(node);
            _context.Sink.Add(OperatorException.UnknownSize(exception.Dim).ToDiagnostic(_context.Model.FileName, node.Describe(opset)));
        }
        catch (ArithmeticException)
        {
            Fail(node);
            _context.Sink.Add(OperatorException.Arithmetic().ToDiagnostic(_context.Model.FileName, node.Describe(opset)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Fail(node);
            _context.Sink.Add(OperatorException.Bug(exception).ToDiagnostic(_context.Model.FileName, node.Describe(opset)));
        }
    }

    private void AddNode(OnnxNode node, long opset)
    {
        var attributes = _call is null ? node.Attributes : _call.Resolve(node.Attributes);
        if (node.Domain.Length == 0 && node.OpType == "Constant")
        {
            if (node.Outputs is [{ Length: > 0 } output, ..])
            {
                Define(output, ConstantImporter.Import(NameFor(output), attributes));
            }

            return;
        }

        var call = FunctionCall.Find(_context.Model, node, attributes);
        var op = OpRegistry.Find(node.Domain, node.OpType);
        if (call is null && op is null)
        {
            throw new OperatorException(node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}", null, OperatorDiagnostics.UnknownOperator);
        }

        if (node.Inputs.Any(IsFailed))
        {
            Fail(node); // Whether it is right can only be said once its inputs are.
            return;
        }

        var inputs = node.Inputs.Select(Find).ToArray();
        if (call is not null)
        {
            Inline(node, call, inputs);
            return;
        }

        var version = op!.VersionIn(opset)
            ?? throw new OperatorException(op.QualifiedName, null, OperatorDiagnostics.UnsupportedVersion with { MessageFormat = $"{{0}} is supported from operator set {op.Versions[0]} on" });
        string?[] outputs = [.. node.Outputs.Select(name => name.Length == 0 ? null : NameFor(name))];
        attributes = OptionalTypes.Resolve(op, attributes);
        attributes = NchwcBlock.Resolve(op, _context.Model.Graph, attributes);
        attributes = _isMain ? DeclaredRank.Resolve(op, node, _context.Model.Graph, attributes) : attributes;
        var results = op switch
        {
            ControlFlowOp flow => flow.Import(new ControlFlowImporter(this, node, version, inputs, attributes, Name(node), outputs)),
            Gradient => Differentiate(Function(version, inputs, AttributeImporter.Import(attributes), [Name(node)], outputs)),
            _ => Add(op, version, inputs, AttributeImporter.Import(attributes), [Name(node)], outputs),
        };
        DefineOutputs(node, results);
    }

    // The body of a function takes the place of its call.
    private void Inline(OnnxNode node, FunctionCall call, IReadOnlyList<Value?> inputs)
    {
        var body = new ImportScope(this, null, call.Function.Opsets, Nodes, null, call);
        foreach (var (index, name) in call.Function.Inputs.Index())
        {
            body.Define(name, index < inputs.Count ? inputs[index] : null);
        }

        body.ImportNodes(call.Function.Nodes);
        if (call.Function.Outputs.Any(body.IsFailed))
        {
            Fail(node);
            return;
        }

        DefineOutputs(node, [.. call.Function.Outputs.Select(body.Find)]);
    }

    private void DefineOutputs(OnnxNode node, IReadOnlyList<Value?> results)
    {
        foreach (var (index, name) in node.Outputs.Index().Where(output => output.Item.Length > 0))
        {
            Define(name, (index < results.Count ? results[index] : null) ?? throw new OperatorException($"output \"{name}\" is not defined by the operator"));
        }
    }

    // Where the operator needs to know the elements of an input that only a run computes, they are bound to symbols first; where it needs sizes to be equal, the run is made
    // to check that.
    private Node Create(Op op, int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string> origins, IReadOnlyList<string?> outputs)
    {
        while (true)
        {
            try
            {
                return NodeFactory.Create(op, version, inputs, attributes, origins, outputs, NewSymbol);
            }
            catch (UnboundElementsException unbound)
            {
                var value = inputs[unbound.Input]!;
                string[] symbols = [.. Enumerable.Range(0, (int)value.Type.Length.Constant).Select(index => NewSymbol(value.Type.Rank == 0 ? value.Name : $"{value.Name}_{index}"))];
                var bind = NodeFactory.Create(new Bind(), 1, [value], Bind.Of(symbols, unbound.AreSizes, unbound.Saturates), origins, [_context.Names.Give($"{value.Name}_bound")]);
                Nodes.Add(bind);
                inputs = [.. inputs.Select((input, index) => index == unbound.Input ? bind.Output : input)];
            }
            catch (UnequalSizesException unequal)
            {
                var value = inputs[unequal.Input]!;
                var sized = NodeFactory.Create(new AssumeSize(), 1, [value], AssumeSize.Of(unequal.Axis, unequal.Size), origins, [_context.Names.Give($"{value.Name}_sized")]);
                Nodes.Add(sized);
                inputs = [.. inputs.Select((input, index) => index == unequal.Input ? sized.Output : input)];
            }
        }
    }

    // Many exporters name values only.
    private static string Name(OnnxNode node) => node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault(output => output.Length > 0) ?? node.OpType;

    private void DefineConstant(string name, OnnxTensor tensor)
    {
        if (AttributeImporter.ToTensor(tensor) is { } constant)
        {
            Define(name, Value.Of(NameFor(name), constant));
        }
        else
        {
            Fail(name);
            _context.Sink.Add(OperatorException.Unsupported($"initializer {DiagnosticText.Quote(name)} has elements of type {tensor.ElementType}").ToDiagnostic(_context.Model.FileName, null));
        }
    }

    private void Fail(OnnxNode node)
    {
        foreach (var output in node.Outputs)
        {
            Fail(output);
        }
    }
}
