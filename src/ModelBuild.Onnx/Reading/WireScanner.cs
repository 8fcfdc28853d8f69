using System;
using System.Text.Unicode;
using Google.Protobuf.Reflection;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// Walks the wire format before protobuf parses it. Protobuf's own errors name neither field nor offset, it replaces invalid UTF-8
/// silently, and it builds objects from whatever the file claims. After a scan without complaint every length lies inside its parent,
/// text is valid, nesting is bounded, and the number of objects that parsing will create is bounded.
/// </summary>
/// <remarks>Linear in the size of the file without its bulk data, which is skipped.</remarks>
internal sealed class WireScanner
{
    /// <summary>Nested messages. Protobuf itself gives up at 100. One level of subgraphs takes three: node, attribute, graph.</summary>
    public const int DeepestMessage = 96;

    /// <summary>
    /// Messages and strings in one file. An empty message takes 2 bytes in the file and more than 100 in memory, so this is what bounds
    /// memory: about 2 GB at worst. The largest models known have some 500,000 nodes, ten million such elements.
    /// </summary>
    public const int MostElements = 16_000_000;

    /// <summary>Bytes of one string. Names are short; documentation and metadata may hold a vocabulary.</summary>
    public const int LongestString = 64 << 20;

    private const string UnknownField = "(unknown)";
    private const ulong HighestFieldNumber = (1 << 29) - 1;

    private readonly byte[] _bytes;
    private readonly FileReport _report;

    // The names of the fields around the current position, for messages.
    private readonly string[] _path = new string[DeepestMessage + 2];
    private int _depth;
    private int _position;
    private int _elements;

    private WireScanner(byte[] bytes, FileReport report)
    {
        _bytes = bytes;
        _report = report;
    }

    /// <summary>Whether <paramref name="bytes"/> can be parsed as <paramref name="message"/>; if not, the first reason has been reported.</summary>
    public static bool Scan(byte[] bytes, WireSchema message, FileReport report)
    {
        var scanner = new WireScanner(bytes, report);
        scanner._path[scanner._depth++] = message.Name;
        return scanner.Message(message, bytes.Length);
    }

    private bool Message(WireSchema message, int end)
    {
        while (_position < end)
        {
            int start = _position;
            if (!ReadVarint(end, out ulong tag))
            {
                return false;
            }

            ulong number = tag >> 3;
            if (number is 0 or > HighestFieldNumber)
            {
                return Malformed(start, $"field number {number} does not exist");
            }

            WireField? field = message.Field(number);
            _path[_depth++] = field?.Name ?? UnknownField;
            if (!Field(field, (int)(tag & 7), start, end))
            {
                return false;
            }

            _depth--;
        }

        return true;
    }

    private bool Field(WireField? field, int wireType, int start, int end)
    {
        if (field is not null && wireType != field.WireType && !(wireType == WireSchema.LengthDelimited && field.IsPackable))
        {
            return Malformed(start, $"the value has wire type {wireType} instead of {field.WireType}");
        }

        switch (wireType)
        {
            case WireSchema.Varint:
                return ReadVarint(end, out _);
            case WireSchema.Fixed64:
                return Skip(8, end);
            case WireSchema.Fixed32:
                return Skip(4, end);
            case WireSchema.LengthDelimited:
                return ReadVarint(end, out ulong length) && Fits(length, end) && Content(field, start, (int)length);
            default:
                return Malformed(start, $"wire type {wireType} is not used by ONNX");
        }
    }

    private bool Content(WireField? field, int start, int length)
    {
        int end = _position + length;
        switch (field?.Type)
        {
            case FieldType.Message:
                if (_depth > DeepestMessage)
                {
                    return Fail(ReaderDiagnostics.NestingTooDeep, start, Path(), DeepestMessage);
                }

                return Count(start) && Message(field.Message!, end);

            case FieldType.String:
                return Count(start) && Text(field, start, length);

            case FieldType.Bytes:
                _position = end;
                return Count(start);

            case FieldType.Float when length % 4 != 0:
            case FieldType.Double when length % 8 != 0:
            case FieldType.Int32 or FieldType.Int64 or FieldType.UInt64 when length > 0 && _bytes[end - 1] >= 0x80:
                return Malformed(start, "the list of numbers ends within a number");

            default:
                _position = end;
                return true;
        }
    }

    private bool Text(WireField field, int start, int length)
    {
        if (length > LongestString)
        {
            return Fail(ReaderDiagnostics.LimitExceeded, Path(), start, $"the text has {length} bytes, and {LongestString} are allowed");
        }

        // Nobody looks a value up by its documentation: there, replacement characters do no harm.
        if (field.Name != "doc_string" && !Utf8.IsValid(_bytes.AsSpan(_position, length)))
        {
            return Fail(ReaderDiagnostics.InvalidUtf8, start, Path());
        }

        _position += length;
        return true;
    }

    private bool ReadVarint(int end, out ulong value)
    {
        int start = _position;
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position >= end)
            {
                return CutOff(start, 1, 0);
            }

            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return Malformed(start, "a number has more than 10 bytes");
    }

    private bool Skip(int length, int end)
    {
        if (!Fits((ulong)length, end))
        {
            return false;
        }

        _position += length;
        return true;
    }

    private bool Fits(ulong length, int end) => length <= (ulong)(end - _position) || CutOff(_position, length, end - _position);

    private bool Count(int start) =>
        ++_elements <= MostElements
        || Fail(ReaderDiagnostics.LimitExceeded, Path(), start, $"the file has more than {MostElements} messages and strings");

    // Where even the field is unknown, the file never was a model.
    private bool CutOff(int offset, ulong needed, int left) => ReferenceEquals(_path[_depth - 1], UnknownField)
        ? Malformed(offset, "a value is longer than the file")
        : Fail(ReaderDiagnostics.FileTruncated, offset, Path(), needed, left);

    private bool Malformed(int offset, string what) => Fail(ReaderDiagnostics.NotOnnx, offset, Path(), what);

    private bool Fail(DiagnosticDescriptor descriptor, params object?[] arguments)
    {
        _report.Add(descriptor, null, arguments);
        return false;
    }

    // Both ends of a long path tell more than its middle.
    private string Path() => _depth <= 12
        ? string.Join('.', _path, 0, _depth)
        : string.Join('.', _path, 0, 6) + " ... " + string.Join('.', _path, _depth - 4, 4);
}
