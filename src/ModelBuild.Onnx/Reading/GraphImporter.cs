using System.Collections.Generic;
using System.Linq;
using Google.Protobuf.Collections;
using ModelBuild.Onnx.Checking;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Turns graphs, and the graphs nested in them, into <see cref="OnnxGraph"/>.</summary>
internal sealed class GraphImporter
{
    private readonly IReadOnlyDictionary<string, long> _opsets;
    private readonly TensorImporter _tensors;
    private readonly TypeImporter _types;
    private readonly NodeOrder _order;

    /// <param name="report">Where problems go.</param>
    /// <param name="external">Reads external data.</param>
    /// <param name="opsets">The operator sets that the nodes use: the model's, or those of the function around.</param>
    /// <param name="insideFunction">Whether attributes may refer to those of a call.</param>
    public GraphImporter(FileReport report, ExternalData external, IReadOnlyDictionary<string, long> opsets, bool insideFunction)
    {
        _opsets = opsets;
        _tensors = new TensorImporter(report, external);
        _types = new TypeImporter(report);
        _order = new NodeOrder(report, new Captures());
        Attributes = new AttributeImporter(report, _tensors, _types, Import, insideFunction);
    }

    /// <summary>Imports attributes, which may hold graphs again.</summary>
    public AttributeImporter Attributes { get; }

    /// <param name="proto">The graph.</param>
    /// <param name="label">What it is, for messages.</param>
    public OnnxGraph Import(GraphProto proto, string label) => new()
    {
        Name = proto.Name,
        Nodes = Nodes(proto.Node, label),
        Inputs = Values(proto.Input, "input"),
        Outputs = Values(proto.Output, "output"),
        Initializers = proto.Initializer.Select(tensor => _tensors.Import(tensor, node: null)).ToArray(),
        SparseInitializers = proto.SparseInitializer.Select(tensor => _tensors.Import(tensor, node: null)).ToArray(),
        ValueInfos = Values(proto.ValueInfo, "value"),
        QuantizationAnnotations = proto.QuantizationAnnotation.Select(Annotation).ToArray(),
        DocString = proto.DocString,
    };

    /// <summary>The nodes of a graph or function, sorted.</summary>
    public IReadOnlyList<OnnxNode> Nodes(RepeatedField<NodeProto> protos, string label)
    {
        var nodes = new OnnxNode[protos.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Node(protos[i], i);
        }

        return _order.Sort(nodes, label);
    }

    public IReadOnlyList<OnnxValueInfo> Values(RepeatedField<ValueInfoProto> protos, string kind) =>
        protos.Select(value => _types.Import(value, kind, node: null)).ToArray();

    private OnnxNode Node(NodeProto proto, int index)
    {
        OnnxNode node = Build([]);
        return proto.Attribute.Count == 0
            ? node
            : Build(Attributes.Import(proto.Attribute, node.Describe(_opsets.TryGetValue(node.Domain, out long version) ? version : null)));

        OnnxNode Build(IReadOnlyList<OnnxAttribute> attributes) => new()
        {
            Name = proto.Name,
            OpType = proto.OpType,
            Domain = OnnxDomain.Normalize(proto.Domain),
            Overload = proto.Overload,
            Inputs = proto.Input.ToArray(),
            Outputs = proto.Output.ToArray(),
            Attributes = attributes,
            Index = index,
        };
    }

    private static OnnxQuantizationAnnotation Annotation(TensorAnnotation proto) => new(
        proto.TensorName,
        proto.QuantParameterTensorNames.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)).ToArray());
}
