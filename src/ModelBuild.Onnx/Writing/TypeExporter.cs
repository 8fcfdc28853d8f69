using System;
using System.Collections.Generic;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Writing;

/// <summary>Turns declared types into messages.</summary>
internal static class TypeExporter
{
    public static ValueInfoProto Export(OnnxValueInfo value)
    {
        var proto = new ValueInfoProto { Name = value.Name };
        ModelExporter.SetUnlessEmpty(value.DocString, text => proto.DocString = text);
        if (value.Type is not null)
        {
            proto.Type = Export(value.Type);
        }

        return proto;
    }

    public static TypeProto Export(OnnxType type) => type switch
    {
        OnnxTensorType tensor => new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor { ElemType = (int)tensor.ElementType, Shape = Export(tensor.Shape) },
        },
        OnnxSparseTensorType tensor => new TypeProto
        {
            SparseTensorType = new TypeProto.Types.SparseTensor { ElemType = (int)tensor.ElementType, Shape = Export(tensor.Shape) },
        },
        OnnxSequenceType sequence => new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = ExportOrNull(sequence.Element) } },
        OnnxOptionalType optional => new TypeProto { OptionalType = new TypeProto.Types.Optional { ElemType = ExportOrNull(optional.Element) } },
        OnnxMapType map => new TypeProto { MapType = new TypeProto.Types.Map { KeyType = (int)map.Key, ValueType = ExportOrNull(map.Value) } },
        OnnxOpaqueType opaque => new TypeProto { OpaqueType = new TypeProto.Types.Opaque { Domain = opaque.Domain, Name = opaque.Name } },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This kind of type is unknown."),
    };

    private static TypeProto? ExportOrNull(OnnxType? type) => type is null ? null : Export(type);

    private static TensorShapeProto? Export(IReadOnlyList<OnnxDimension>? shape)
    {
        if (shape is null)
        {
            return null;
        }

        var proto = new TensorShapeProto();
        foreach (OnnxDimension dimension in shape)
        {
            var dim = new TensorShapeProto.Types.Dimension();
            if (dimension.Value is long value)
            {
                dim.DimValue = value;
            }
            else if (dimension.Symbol is string symbol)
            {
                dim.DimParam = symbol;
            }

            proto.Dim.Add(dim);
        }

        return proto;
    }
}
