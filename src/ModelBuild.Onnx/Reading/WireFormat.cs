using Google.Protobuf;
using Google.Protobuf.Reflection;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>The messages that a file can consist of.</summary>
internal static class WireFormat
{
    public static readonly WireFormat<ModelProto> Model = new(ModelProto.Descriptor, ModelProto.Parser);

    public static readonly WireFormat<TensorProto> Tensor = new(TensorProto.Descriptor, TensorProto.Parser);

    public static readonly WireFormat<SparseTensorProto> SparseTensor = new(SparseTensorProto.Descriptor, SparseTensorProto.Parser);

    public static readonly WireFormat<SequenceProto> Sequence = new(SequenceProto.Descriptor, SequenceProto.Parser);

    public static readonly WireFormat<MapProto> Map = new(MapProto.Descriptor, MapProto.Parser);

    public static readonly WireFormat<OptionalProto> Optional = new(OptionalProto.Descriptor, OptionalProto.Parser);
}

/// <summary>Parses one kind of message, after a scan that makes it safe.</summary>
internal sealed class WireFormat<T>(MessageDescriptor descriptor, MessageParser<T> parser)
    where T : class, IMessage<T>
{
    private readonly WireSchema _schema = WireSchema.Of(descriptor);

    // Fields of future versions are allowed, and keeping them would take many times their size.
    private readonly MessageParser<T> _parser = parser.WithDiscardUnknownFields(true);

    /// <summary>The message, or null after reporting why there is none.</summary>
    public T? Parse(byte[] bytes, FileReport report)
    {
        if (!WireScanner.Scan(bytes, _schema, report))
        {
            return null;
        }

        try
        {
            return _parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            // The scan does not look into packed numbers; a number of more than 10 bytes among them is found here.
            report.Add(ReaderDiagnostics.NotOnnx, null, 0, _schema.Name, e.Message);
            return null;
        }
    }
}
