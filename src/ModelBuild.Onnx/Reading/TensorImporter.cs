using System;
using System.Collections.Generic;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// Turns the many ways in which a file can store a tensor into the one form of <see cref="OnnxTensor"/>. A tensor that is wrong is
/// reported and replaced by one that only has its name, so that the checks that follow do not report its users as well.
/// </summary>
internal sealed class TensorImporter(FileReport report, ExternalData external)
{
    public OnnxTensor Import(TensorProto proto, string? node)
    {
        string display = Display(proto.Name);
        if (!OnnxElementTypeSize.IsDefined(proto.DataType))
        {
            report.Add(ReaderDiagnostics.UnknownElementType, node, "tensor " + display, proto.DataType);
            return Placeholder(proto);
        }

        var type = (OnnxElementType)proto.DataType;
        if (!TryCount(proto, type, display, node, out long count, out long bytes) || !CheckStorage(proto, type, display, node))
        {
            return Placeholder(proto);
        }

        if (type == OnnxElementType.String)
        {
            return Strings(proto, count, display, node);
        }

        ReadOnlyMemory<byte>? data = proto.DataLocation == TensorProto.Types.DataLocation.External
            ? external.Read(proto, display, bytes, node)
            : Inline(proto, type, bytes, display, node);
        return data is null ? Placeholder(proto) : new OnnxTensor
        {
            Name = proto.Name,
            ElementType = type,
            Dims = [.. proto.Dims],
            Data = type == OnnxElementType.Bool ? OneBitBools(data.Value) : data.Value,
        };
    }

    public OnnxSparseTensor Import(SparseTensorProto proto, string? node)
    {
        OnnxTensor values = Import(proto.Values ?? new TensorProto(), node);
        OnnxTensor indices = Import(proto.Indices ?? new TensorProto(), node);
        var sparse = new OnnxSparseTensor { Dims = [.. proto.Dims], Values = values, Indices = indices };
        if (values.ElementType != OnnxElementType.Undefined && indices.ElementType != OnnxElementType.Undefined
            && SparseTensorCheck.Problem(sparse) is string problem)
        {
            report.Add(ReaderDiagnostics.SparseTensorInvalid, node, Display(values.Name), problem);
        }

        return sparse;
    }

    private static string Display(string name) => name.Length == 0 ? "without a name" : DiagnosticText.Quote(name);

    private static OnnxTensor Placeholder(TensorProto proto) =>
        new() { Name = proto.Name, ElementType = OnnxElementType.Undefined, Dims = [0] };

    /// <summary>Checks the dims; gives the number of elements and, but for strings, of bytes (which fit in one array).</summary>
    private bool TryCount(TensorProto proto, OnnxElementType type, string display, string? node, out long count, out long bytes)
    {
        bytes = 0;
        string? problem = TensorDims.Problem(proto.Dims, out count);
        if (problem is null && type != OnnxElementType.String && (!type.TryGetByteCount(count, out bytes) || bytes > Array.MaxLength))
        {
            problem = "that is more than 2 GB in one tensor";
        }

        if (problem is not null)
        {
            report.Add(ReaderDiagnostics.DimsInvalid, node, display, TensorDims.Display(proto.Dims), problem);
        }

        return problem is null;
    }

    /// <summary>There must be one way in which the elements are stored, and it must be one that the type allows.</summary>
    private bool CheckStorage(TensorProto proto, OnnxElementType type, string display, string? node)
    {
        if (proto.Segment is not null)
        {
            report.Add(ReaderDiagnostics.TensorDataInvalid, node, display, "is a segment of a larger tensor, which ONNX never defined further");
            return false;
        }

        List<string> stores = TensorFields.Stores(proto);
        if (stores.Count > 1)
        {
            report.Add(ReaderDiagnostics.TensorDataInvalid, node, display, $"is stored more than once: in {string.Join(" and in ", stores)}");
            return false;
        }

        string field = TensorFields.FieldOf(type);
        if (stores.Count == 1 && stores[0] != field && (type == OnnxElementType.String || stores[0] is not ("raw_data" or "external_data")))
        {
            report.Add(ReaderDiagnostics.TensorDataInvalid, node, display, $"of type {type} is stored in {stores[0]} instead of {field}");
            return false;
        }

        return true;
    }

    private OnnxTensor Strings(TensorProto proto, long count, string display, string? node)
    {
        if (proto.StringData.Count != count)
        {
            Mismatch(proto, OnnxElementType.String, display, node, count, proto.StringData.Count, "strings");
            return Placeholder(proto);
        }

        var strings = new ReadOnlyMemory<byte>[proto.StringData.Count];
        for (int i = 0; i < strings.Length; i++)
        {
            strings[i] = proto.StringData[i].Memory;
        }

        return new OnnxTensor { Name = proto.Name, ElementType = OnnxElementType.String, Dims = [.. proto.Dims], StringData = strings };
    }

    private ReadOnlyMemory<byte>? Inline(TensorProto proto, OnnxElementType type, long bytes, string display, string? node)
    {
        if (proto.RawData.Length > 0)
        {
            if (proto.RawData.Length != bytes)
            {
                Mismatch(proto, type, display, node, bytes, proto.RawData.Length, "bytes");
                return null;
            }

            return proto.RawData.Memory;
        }

        int entryBytes = TensorFields.BytesPerEntry(type);
        int entries = TensorFields.Entries(proto, type);
        if (bytes != (long)entries * entryBytes)
        {
            if (entries == 0)
            {
                Mismatch(proto, type, display, node, bytes, 0, "bytes");
            }
            else
            {
                Mismatch(proto, type, display, node, bytes / entryBytes, entries, $"numbers in {TensorFields.FieldOf(type)}");
            }

            return null;
        }

        byte[] data = new byte[bytes];
        if (TensorFields.CopyTo(proto, type, data) is int outside)
        {
            report.Add(ReaderDiagnostics.TensorDataInvalid, node, display, $"of type {type} stores the number {outside}, which is outside of its range");
            return null;
        }

        return data;
    }

    private void Mismatch(TensorProto proto, OnnxElementType type, string display, string? node, long needed, long found, string unit) =>
        report.Add(ReaderDiagnostics.TensorSizeMismatch, node, display, $"{type}[{TensorDims.Display(proto.Dims)}]", needed, found, unit);

    // ONNX says one byte per bool and not which: whatever is not zero is true, and everyone after us may rely on 1.
    private static ReadOnlyMemory<byte> OneBitBools(ReadOnlyMemory<byte> data)
    {
        if (data.Span.IndexOfAnyExceptInRange((byte)0, (byte)1) < 0)
        {
            return data;
        }

        byte[] ones = data.ToArray();
        foreach (ref byte value in ones.AsSpan())
        {
            value = value == 0 ? (byte)0 : (byte)1;
        }

        return ones;
    }
}
