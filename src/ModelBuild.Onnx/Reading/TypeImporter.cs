using System.Collections.Generic;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Turns declared types into <see cref="OnnxType"/>.</summary>
internal sealed class TypeImporter(FileReport report)
{
    /// <param name="proto">The type, or null when the file declares none.</param>
    /// <param name="what">Whose type it is, for messages: <c>input "x"</c>.</param>
    /// <param name="node">The node around it, if any.</param>
    /// <returns>Null when nothing is declared.</returns>
    public OnnxType? Import(TypeProto? proto, string what, string? node) => proto?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType =>
            new OnnxTensorType(ElementType(proto.TensorType.ElemType, what, node), Shape(proto.TensorType.Shape)),
        TypeProto.ValueOneofCase.SparseTensorType =>
            new OnnxSparseTensorType(ElementType(proto.SparseTensorType.ElemType, what, node), Shape(proto.SparseTensorType.Shape)),
        TypeProto.ValueOneofCase.SequenceType => new OnnxSequenceType(Import(proto.SequenceType.ElemType, what, node)),
        TypeProto.ValueOneofCase.OptionalType => new OnnxOptionalType(Import(proto.OptionalType.ElemType, what, node)),
        TypeProto.ValueOneofCase.MapType =>
            new OnnxMapType(Key(proto.MapType.KeyType, what, node), MapValue(proto.MapType.ValueType, what, node)),
        TypeProto.ValueOneofCase.OpaqueType => new OnnxOpaqueType(proto.OpaqueType.Domain, proto.OpaqueType.Name),
        _ => null,
    };

    public OnnxValueInfo Import(ValueInfoProto proto, string kind, string? node) => new()
    {
        Name = proto.Name,
        Type = Import(proto.Type, $"{kind} {DiagnosticText.Quote(proto.Name)}", node),
        DocString = proto.DocString,
    };

    private OnnxElementType ElementType(int number, string what, string? node)
    {
        if (number != 0 && !OnnxElementTypeSize.IsDefined(number))
        {
            report.Add(ReaderDiagnostics.UnknownElementType, node, what, number);
            return OnnxElementType.Undefined;
        }

        return (OnnxElementType)number;
    }

    private OnnxElementType Key(int number, string what, string? node)
    {
        OnnxElementType key = ElementType(number, what, node);
        bool allowed = key is OnnxElementType.String or OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Int16
            or OnnxElementType.UInt16 or OnnxElementType.Int32 or OnnxElementType.UInt32 or OnnxElementType.Int64 or OnnxElementType.UInt64;
        if (!allowed)
        {
            report.Add(ReaderDiagnostics.TypeInvalid, node, what, $"is a map with keys of type {key}; only integers and strings are allowed");
        }

        return key;
    }

    private OnnxType? MapValue(TypeProto? proto, string what, string? node)
    {
        var type = Import(proto, what, node);
        if (type is null)
        {
            report.Add(ReaderDiagnostics.TypeInvalid, node, what, "is a map that does not say of which type its values are");
        }

        return type;
    }

    private static List<OnnxDimension>? Shape(TensorShapeProto? proto)
    {
        if (proto is null)
        {
            return null;
        }

        var shape = new List<OnnxDimension>(proto.Dim.Count);
        foreach (TensorShapeProto.Types.Dimension dim in proto.Dim)
        {
            shape.Add(dim.ValueCase switch
            {
                TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when dim.DimValue >= 0 => OnnxDimension.Of(dim.DimValue),
                TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dim.DimParam.Length > 0 => OnnxDimension.Of(dim.DimParam),
                _ => default,
            });
        }

        return shape;
    }
}
