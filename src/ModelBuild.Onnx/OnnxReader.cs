using System;
using System.Security.Cryptography;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using ModelBuild.Onnx.Reading;

namespace ModelBuild.Onnx;

/// <summary>
/// Reads ONNX files. Whatever a file contains, reading ends with a result or with diagnostics, never with an exception; time and memory
/// are bounded by the size of the file and of the data files beside it.
/// </summary>
public static class OnnxReader
{
    private static readonly byte[] GitLfsPointer = [.. "version https://git-lfs."u8];

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
    public static OnnxTensor? ReadTensor(byte[] bytes, string fileName, DiagnosticSink sink) =>
        ReadValue(bytes, new OnnxTensorType(OnnxElementType.Undefined, null), fileName, sink) is OnnxTensorValue value ? value.Tensor : null;

    /// <summary>Reads a value of any type that is stored alone.</summary>
    /// <param name="bytes">The contents of the file; an empty file is an optional without a value, or an empty sequence.</param>
    /// <param name="type">The declared type, which the file does not repeat. Only its outermost kind matters.</param>
    /// <param name="fileName">What to call it.</param>
    /// <param name="sink">Takes every problem found.</param>
    /// <returns>The value, or null when the sink has been given at least one error.</returns>
    public static OnnxValue? ReadValue(byte[] bytes, OnnxType type, string fileName, DiagnosticSink sink)
    {
        var report = new FileReport(sink, fileName);
        var importer = new ValueImporter(new TensorImporter(report, new ExternalData(fileName, report)));
        OnnxValue? value = type switch
        {
            OnnxSequenceType => WireFormat.Sequence.Parse(bytes, report) is SequenceProto proto ? importer.Import(proto) : null,
            OnnxOptionalType => WireFormat.Optional.Parse(bytes, report) is OptionalProto proto ? importer.Import(proto) : null,
            OnnxMapType => WireFormat.Map.Parse(bytes, report) is MapProto proto ? importer.Import(proto) : null,
            OnnxSparseTensorType => WireFormat.SparseTensor.Parse(bytes, report) is SparseTensorProto proto ? importer.Import(proto) : null,
            OnnxTensorType => WireFormat.Tensor.Parse(bytes, report) is TensorProto proto ? importer.Import(proto) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Values of this type have no stored form."),
        };
        return report.HasErrors ? null : value;
    }

    private static OnnxModel? Read(byte[] bytes, string path, FileReport report)
    {
        if (bytes.Length == 0)
        {
            report.Add(ReaderDiagnostics.FileEmpty, null);
            return null;
        }

        if (bytes.AsSpan().StartsWith(GitLfsPointer))
        {
            report.Add(ReaderDiagnostics.GitLfsPointer, null);
            return null;
        }

        return WireFormat.Model.Parse(bytes, report) is ModelProto proto
            ? new ModelImporter(report, new ExternalData(path, report)).Import(proto, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : null;
    }
}
