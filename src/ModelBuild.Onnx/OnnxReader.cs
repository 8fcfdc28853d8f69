using System;
using System.Security.Cryptography;
using Google.Protobuf;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx;

/// <summary>
/// Reads ONNX files. Whatever a file contains, reading ends with a model or with diagnostics, never with an exception; time and memory
/// are bounded by the size of the file and of the data files beside it.
/// </summary>
public static class OnnxReader
{
    private static readonly byte[] GitLfsPointer = [.. "version https://git-lfs."u8];
    private static readonly WireSchema ModelSchema = WireSchema.Of(ModelProto.Descriptor);
    private static readonly WireSchema TensorSchema = WireSchema.Of(TensorProto.Descriptor);

    /// <summary>Reads a model file and the external data beside it.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="sink">Takes every problem found, not only the first.</param>
    /// <returns>The model, or null when the sink has been given at least one error.</returns>
    public static OnnxModel? Read(string path, DiagnosticSink sink)
    {
        var report = new FileReport(sink, path);
        return ModelFile.Load(path, report) is byte[] bytes ? Read(bytes, path, report) : null;
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The contents of the file.</param>
    /// <param name="fileName">What to call it; external data is looked for in its folder.</param>
    /// <param name="sink">Takes every problem found.</param>
    /// <returns>The model, or null when the sink has been given at least one error.</returns>
    public static OnnxModel? Read(byte[] bytes, string fileName, DiagnosticSink sink) =>
        Read(bytes, fileName, new FileReport(sink, fileName));

    /// <summary>Reads a tensor that is stored alone, as ONNX stores test data (<c>input_0.pb</c>).</summary>
    /// <param name="bytes">The contents of the file.</param>
    /// <param name="fileName">What to call it.</param>
    /// <param name="sink">Takes every problem found.</param>
    /// <returns>The tensor, or null when the sink has been given at least one error.</returns>
    public static OnnxTensor? ReadTensor(byte[] bytes, string fileName, DiagnosticSink sink)
    {
        var report = new FileReport(sink, fileName);
        if (Parse(bytes, TensorSchema, TensorProto.Parser, report) is not TensorProto proto)
        {
            return null;
        }

        OnnxTensor tensor = new TensorImporter(report, new ExternalData(fileName, report)).Import(proto, node: null);
        return report.HasErrors ? null : tensor;
    }

    private static OnnxModel? Read(byte[] bytes, string path, FileReport report)
    {
        if (bytes.AsSpan().StartsWith(GitLfsPointer))
        {
            report.Add(ReaderDiagnostics.GitLfsPointer, null);
            return null;
        }

        return Parse(bytes, ModelSchema, ModelProto.Parser, report) is ModelProto proto
            ? new ModelImporter(report, new ExternalData(path, report)).Import(proto, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : null;
    }

    private static T? Parse<T>(byte[] bytes, WireSchema schema, MessageParser<T> parser, FileReport report)
        where T : class, IMessage<T>
    {
        if (bytes.Length == 0)
        {
            report.Add(ReaderDiagnostics.FileEmpty, null);
            return null;
        }

        if (!WireScanner.Scan(bytes, schema, report))
        {
            return null;
        }

        try
        {
            return parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            // The scan does not look into packed numbers; a number of more than 10 bytes among them is found here.
            report.Add(ReaderDiagnostics.NotOnnx, null, 0, schema.Name, e.Message);
            return null;
        }
    }
}
