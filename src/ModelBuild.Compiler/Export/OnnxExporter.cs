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
    private readonly List<OnnxTensor> _initializers = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly long _opset;

    private OnnxExporter(Graph graph, long opset)
    {
        _graph = graph;
        _names = new ExportNames(graph);
        _opset = opset;
    }

    /// <summary>The graph as a model.</summary>
    /// <param name="graph">The graph, all of whose nodes are ONNX operators.</param>
    /// <param name="source">The model that it was made from: producer, metadata and operator sets.</param>
    /// <exception cref="ExportException">A node's form does not exist in the operator set of the others.</exception>
    public static OnnxModel Export(Graph graph, OnnxModel source)
    {
        graph = ResizeForm.Restore(graph);
        var opset = ExportOpset.Choose(graph, source.Opsets.GetValueOrDefault(OnnxDomain.Standard, 1));
        var exporter = new OnnxExporter(graph, opset);
        var domains = graph.Nodes.Where(node => node.Op is not (Bind or AssumeSize)).Select(node => node.Op.Domain).Where(domain => domain.Length > 0).ToHashSet();
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
            Graph = exporter.ExportGraph(),
        };
    }

    private OnnxGraph ExportGraph()
    {
        foreach (var node in _graph.Nodes)
        {
            AddNode(node);
        }

        foreach (var output in _graph.Outputs.Where(output => _names.Of(output.Value) != output.Name))
        {
            // An input or a constant that is returned as it is, or a value that is returned twice.
            _nodes.Add(new OnnxNode { Name = output.Name, OpType = "Identity", Inputs = [NameOf(output.Value)], Outputs = [output.Name], Index = _nodes.Count });
        }

        return new OnnxGraph
        {
            Name = _graph.Name.Length > 0 ? _graph.Name : "model",
            Inputs = [.. _graph.Inputs.Select(input => Info(input.Name, input.Type))],
            Outputs = [.. _graph.Outputs.Select(output => Info(output.Name, output.Value.Type))],
            Initializers = _initializers,
            Nodes = _nodes,
        };
    }

    private void AddNode(Node node)
    {
        if (node.Op.Domain == Op.OwnDomain || node.Bodies.Any())
        {
            throw new ExportException($"{NodeText.Describe(node)} has become operators of our own, which other programs do not know");
        }

        if (node.Op is Bind or AssumeSize)
        {
            // The value is the same; that its sizes have names is our own matter.
            _nodes.Add(new OnnxNode { Name = _names.OfNode(node), OpType = "Identity", Inputs = [NameOf(node.Inputs[0]!)], Outputs = [_names.Of(node.Output)], Index = _nodes.Count });
            return;
        }

        var form = OpsetForms.In(node, _opset);
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
            Attributes = [.. form.Attributes.All.Select(pair => Attribute(pair.Key, pair.Value))],
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
