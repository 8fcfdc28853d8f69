using System;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Writing;

/// <summary>Turns attributes into messages.</summary>
internal static class AttributeExporter
{
    public static AttributeProto Export(OnnxAttribute attribute)
    {
        var proto = new AttributeProto { Name = attribute.Name, Type = (AttributeProto.Types.AttributeType)attribute.Kind };
        if (attribute.Reference is not null)
        {
            proto.RefAttrName = attribute.Reference;
        }
        else
        {
            SetValue(proto, attribute);
        }

        return proto;
    }

    private static void SetValue(AttributeProto proto, OnnxAttribute attribute)
    {
        switch (attribute.Kind)
        {
            case OnnxAttributeKind.Float:
                proto.F = attribute.Float;
                break;
            case OnnxAttributeKind.Int:
                proto.I = attribute.Int;
                break;
            case OnnxAttributeKind.String:
                proto.S = UnsafeByteOperations.UnsafeWrap(attribute.Bytes);
                break;
            case OnnxAttributeKind.Tensor:
                proto.T = TensorExporter.Export(attribute.Tensor);
                break;
            case OnnxAttributeKind.Graph:
                proto.G = GraphExporter.Export(attribute.Graph);
                break;
            case OnnxAttributeKind.SparseTensor:
                proto.SparseTensor = TensorExporter.Export(attribute.SparseTensor);
                break;
            case OnnxAttributeKind.Type:
                proto.Tp = TypeExporter.Export(attribute.Type);
                break;
            case OnnxAttributeKind.Floats:
                proto.Floats.AddRange(attribute.Floats);
                break;
            case OnnxAttributeKind.Ints:
                proto.Ints.AddRange(attribute.Ints);
                break;
            case OnnxAttributeKind.Strings:
                proto.Strings.AddRange(attribute.BytesList.Select(UnsafeByteOperations.UnsafeWrap));
                break;
            case OnnxAttributeKind.Tensors:
                proto.Tensors.AddRange(attribute.Tensors.Select(TensorExporter.Export));
                break;
            case OnnxAttributeKind.Graphs:
                proto.Graphs.AddRange(attribute.Graphs.Select(GraphExporter.Export));
                break;
            case OnnxAttributeKind.SparseTensors:
                proto.SparseTensors.AddRange(attribute.SparseTensors.Select(TensorExporter.Export));
                break;
            case OnnxAttributeKind.Types:
                proto.TypeProtos.AddRange(attribute.Types.Select(TypeExporter.Export));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(attribute), attribute.Kind, "An attribute with a value has a kind.");
        }
    }
}
