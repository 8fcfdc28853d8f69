using System.Linq;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Writing;

/// <summary>Turns graphs and nodes into messages.</summary>
internal static class GraphExporter
{
    public static GraphProto Export(OnnxGraph graph)
    {
        var proto = new GraphProto { Name = graph.Name };
        ModelExporter.SetUnlessEmpty(graph.DocString, value => proto.DocString = value);
        proto.Node.AddRange(graph.Nodes.Select(Export));
        proto.Input.AddRange(graph.Inputs.Select(TypeExporter.Export));
        proto.Output.AddRange(graph.Outputs.Select(TypeExporter.Export));
        proto.ValueInfo.AddRange(graph.ValueInfos.Select(TypeExporter.Export));
        proto.Initializer.AddRange(graph.Initializers.Select(TensorExporter.Export));
        proto.SparseInitializer.AddRange(graph.SparseInitializers.Select(TensorExporter.Export));
        proto.QuantizationAnnotation.AddRange(graph.QuantizationAnnotations.Select(Export));
        return proto;
    }

    public static NodeProto Export(OnnxNode node)
    {
        var proto = new NodeProto { OpType = node.OpType };
        ModelExporter.SetUnlessEmpty(node.Name, value => proto.Name = value);
        ModelExporter.SetUnlessEmpty(node.Domain, value => proto.Domain = value);
        ModelExporter.SetUnlessEmpty(node.Overload, value => proto.Overload = value);
        proto.Input.AddRange(node.Inputs);
        proto.Output.AddRange(node.Outputs);
        proto.Attribute.AddRange(node.Attributes.Select(AttributeExporter.Export));
        return proto;
    }

    private static TensorAnnotation Export(OnnxQuantizationAnnotation annotation)
    {
        var proto = new TensorAnnotation { TensorName = annotation.TensorName };
        proto.QuantParameterTensorNames.AddRange(ModelExporter.Pairs(annotation.ParameterTensorNames));
        return proto;
    }
}
