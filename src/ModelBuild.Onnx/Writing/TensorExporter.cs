using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Writing;

/// <summary>Turns tensors into messages. Their bytes are wrapped, not copied.</summary>
internal static class TensorExporter
{
    public static TensorProto Export(OnnxTensor tensor)
    {
        var proto = new TensorProto { DataType = (int)tensor.ElementType };
        ModelExporter.SetUnlessEmpty(tensor.Name, value => proto.Name = value);
        proto.Dims.AddRange(tensor.Dims);
        if (tensor.ElementType == OnnxElementType.String)
        {
            proto.StringData.AddRange(tensor.StringData.Select(UnsafeByteOperations.UnsafeWrap));
        }
        else
        {
            // Also when empty: other readers look for one field that is present.
            proto.RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data);
        }

        return proto;
    }

    public static SparseTensorProto Export(OnnxSparseTensor tensor)
    {
        var proto = new SparseTensorProto { Values = Export(tensor.Values), Indices = Export(tensor.Indices) };
        proto.Dims.AddRange(tensor.Dims);
        return proto;
    }
}
