using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// Writes a graph of ONNX operators as a model: names are kept, constants become initializers, and every node is put into the form of one operator set.
/// </summary>
internal sealed class OnnxExporter
{
    // The first version of the file format in which initializers need not be inputs is 4; 8 is what tools of operator set 13 and later expect.
    private const long IrVersion = 8;

    private readonly Graph _graph;
    private readonly ExportNames _names;
    private readonly List<OnnxTensor> _initializers;
    private readonly List<OnnxNode> _nodes = [];
    private readonly long _opset;

    // Names and constants are those of the whole model: graphs within nodes may read all that is around them.
    private OnnxExporter(Graph graph, ExportNames names, List<OnnxTensor> initializers, long opset)
    {
        _graph = graph;
        _names = names;
        _initializers = initializers;
        _opset = opset;
    }

    /// <summary>The compressed graph of a model as a model.</summary>
    /// <param name="compiled">The compiled model.</param>
    /// <param name="source">The model that it was made from: producer, metadata and operator sets.</param>
    /// <exception cref="ExportException">A node has no form that other programs know, or none in the operator set of the others.</exception>
    public static OnnxModel Export(CompiledModel compiled, OnnxModel source)
    {
        var graph = OperatorForms.Write(OriginalNodes.Restore(ResizeForm.Restore(compiled.Optimized), compiled.Expansions));
        var opset = ExportOpset.Choose(graph, source.Opsets.GetValueOrDefault(OnnxDomain.Standard, 1));
        var initializers = new List<OnnxTensor>();
        var exporter = new OnnxExporter(graph, new ExportNames(graph), initializers, opset);
        var domains = DomainsOf(graph).Where(domain => domain.Length > 0).ToHashSet();
        var opsets = domains.Select(domain => new KeyValuePair<string, long>(domain, source.Opsets.GetValueOrDefault(domain, 1))).Append(new KeyValuePair<string, long>(OnnxDomain.Standard, opset));
        return new OnnxModel
        {
            IrVersion = Math.Max(source.IrVersion, IrVersion),
            ProducerName = "ModelBuild",
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version?.ToString(3) ?? string.Empty,
            Domain = source.Domain,
            ModelVersion = source.ModelVersion,
            DocString = source.DocString,
            Metadata = source.Metadata,
            Opsets = opsets.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            Graph = exporter.Write(graph.Inputs, [.. graph.Outputs.Select(output => output.Name)], initializers),
        };
    }

    private static IEnumerable<string> DomainsOf(Graph graph) => graph.Nodes.SelectMany(node => node.Bodies.SelectMany(DomainsOf).Append(node.Op.Domain));

    // The inputs are those that the file's graph has, too.
    private OnnxGraph Write(IReadOnlyList<Value> inputs, IReadOnlyList<string> outputs, IReadOnlyList<OnnxTensor> initializers)
    {
        foreach (var node in _graph.Nodes)
        {
            AddNode(node);
        }

        foreach (var (name, value) in outputs.Zip(_graph.Outputs.Select(output => output.Value)).Where(output => NameOf(output.Second) != output.First))
        {
            // An input or a constant that is returned as it is, or a value that is returned twice.
            _nodes.Add(new OnnxNode { Name = name, OpType = "Identity", Inputs = [NameOf(value)], Outputs = [name], Index = _nodes.Count });
        }

        return new OnnxGraph
        {
            Name = _graph.Name.Length > 0 ? _graph.Name : "model",
            Inputs = [.. inputs.Select(input => Info(_names.Of(input), input.Type))],
            Outputs = [.. outputs.Zip(_graph.Outputs, (name, output) => Info(name, output.Value.Type))],
            Initializers = initializers,
            Nodes = _nodes,
        };
    }

    // What a graph within a node reads from around it, inputs at the end for us, it reads by name in a file.
    private OnnxGraph ExportBody(Node node, Graph body)
    {
        Value[] captured = [.. node.Inputs.Skip(((ControlFlowOp)node.Op).OperandsOf(node)).Select(input => input!)];
        var own = body.Inputs.Count - captured.Length;
        foreach (var (inner, outer) in body.Inputs.Skip(own).Zip(captured))
        {
            _names.Share(inner, NameOf(outer));
        }

        return new OnnxExporter(body, _names, _initializers, _opset).Write([.. body.Inputs.Take(own)], _names.Outputs(body), []);
    }

    private void AddNode(Node node)
    {
        if (node.Op.Domain == Op.OwnDomain)
        {
            throw new ExportException($"{NodeText.Describe(node)} has become operators of our own, which other programs do not know");
        }

        if (node.Op is ControlFlowOp flow)
        {
            var bodies = node.Attributes.All.Where(pair => pair.Value is Graph).Select(pair => OnnxAttribute.Of(pair.Key, ExportBody(node, (Graph)pair.Value))).ToArray();
            Add(node, OpsetForms.In(new Node(node.Op, node.Version, [.. node.Inputs.Take(flow.OperandsOf(node))], node.Outputs, flow.Standard(node.Attributes), node.Origins), _opset), bodies);
            return;
        }

        Add(node, OpsetForms.In(node, _opset), []);
    }

    private void Add(Node node, NodeForm form, IEnumerable<OnnxAttribute> bodies)
    {
        var inputs = form.Inputs.Select(input => input is null ? string.Empty : NameOf(input)).ToList();
        while (inputs is [.., ""])
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        _nodes.Add(new OnnxNode
        {
            Name = _names.OfNode(node),
            OpType = form.Op ?? node.Op.Name,
            Domain = node.Op.Domain,
            Inputs = inputs,
            Outputs = [.. node.Outputs.Select(output => output is null ? string.Empty : _names.Of(output))],
            Attributes = [.. form.Attributes.All.Where(pair => pair.Key != InferContext.SymbolsAttribute && pair.Value is not Graph).Select(pair => Attribute(pair.Key, pair.Value)), .. bodies],
            Index = _nodes.Count,
        });
    }

    private string NameOf(Value value)
    {
        var name = _names.Of(value, out var isNew);
        if (value.Constant is { } constant && isNew)
        {
            _initializers.Add(Tensor(name, constant));
        }

        return name;
    }

    private OnnxValueInfo Info(string name, TensorType type) =>
        new() { Name = name, Type = new OnnxTensorType((OnnxElementType)(int)type.Element, [.. type.Shape.Select(Dimension)]) };

    // Expressions over symbols have no form in ONNX: such a dimension is left open.
    private OnnxDimension Dimension(Dim dim)
    {
        if (dim.IsConstant)
        {
            return OnnxDimension.Of(dim.Constant);
        }

        var symbol = _graph.Symbols.FirstOrDefault(symbol => Dim.Symbol(symbol.Name).Equals(dim));
        return symbol is null || symbol.OnnxName.Length == 0 ? default : OnnxDimension.Of(symbol.OnnxName);
    }

    private static OnnxTensor Tensor(string name, Tensor tensor) => tensor.Type == ElementType.String
        ? new() { Name = name, ElementType = OnnxElementType.String, Dims = tensor.Dims, StringData = [.. tensor.Strings.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))] }
        : new() { Name = name, ElementType = (OnnxElementType)(int)tensor.Type, Dims = tensor.Dims, Data = PackedElements.Pack(tensor.Type, tensor.Memory) };

    private static OnnxAttribute Attribute(string name, object value) => value switch
    {
        long number => OnnxAttribute.Of(name, number),
        float number => OnnxAttribute.Of(name, number),
        string text => OnnxAttribute.Of(name, text),
        long[] numbers => OnnxAttribute.Of(name, numbers),
        float[] numbers => OnnxAttribute.Of(name, numbers),
        string[] texts => OnnxAttribute.Of(name, [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]),
        Tensor tensor => OnnxAttribute.Of(name, Tensor(string.Empty, tensor)),
        _ => throw new ExportException($"the attribute \"{name}\" is of a kind that is not written"),
    };
}
