using System;
using System.Collections.Generic;
using System.Text.Unicode;
using Google.Protobuf.Reflection;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// Walks the wire format before protobuf parses it. Protobuf's own errors name neither field nor offset, it replaces invalid UTF-8
/// silently, and it builds objects from whatever the file claims. After a scan without complaint every length lies inside its parent,
/// text is valid, nesting is bounded, and the number of objects that parsing will create is bounded.
/// </summary>
/// <remarks>Linear in the size of the file without its bulk data, which is skipped. Nothing is allocated but the message.</remarks>
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

    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly byte[] _bytes;
    private readonly FileReport _report;
    private readonly Stack<string> _path = new();
    private int _position;
    private int _elements;

    private WireScanner(byte[] bytes, FileReport report)
    {
        _bytes = bytes;
        _report = report;
    }

    /// <summary>Whether <paramref name="bytes"/> can be parsed as <paramref name="message"/>; if not, the first reason has been reported.</summary>
    public static bool Scan(byte[] bytes, MessageDescriptor message, FileReport report)
    {
        var scanner = new WireScanner(bytes, report);
        scanner._path.Push(message.Name);
        return scanner.Message(message, bytes.Length);
    }

    private bool Message(MessageDescriptor message, int end)
    {
        while (_position < end)
        {
            int start = _position;
            if (!ReadVarint(end, out ulong tag))
            {
                return false;
            }

            FieldDescriptor? field = tag >> 3 is > 0 and < (1 << 29) and ulong number ? message.FindFieldByNumber((int)number) : null;
            if (tag >> 3 is 0 or >= (1 << 29))
            {
                return Malformed(start, $"field number {tag >> 3} does not exist");
            }

            _path.Push(field?.Name ?? $"field {tag >> 3}");
            if (!Field(field, (int)(tag & 7), start, end))
            {
                return false;
            }

            _path.Pop();
        }

        return true;
    }

    private bool Field(FieldDescriptor? field, int wireType, int start, int end)
    {
        if (field is not null && wireType != WireTypeOf(field) && !(wireType == LengthDelimited && IsPackable(field)))
        {
            return Malformed(start, $"the value has wire type {wireType} instead of {WireTypeOf(field)}");
        }

        switch (wireType)
        {
            case Varint:
                return ReadVarint(end, out _);
            case Fixed64:
                return Skip(8, end);
            case Fixed32:
                return Skip(4, end);
            case LengthDelimited:
                return ReadVarint(end, out ulong length) && Fits(length, end) && Content(field, start, (int)length);
            default:
                return Malformed(start, $"wire type {wireType} is not used by ONNX");
        }
    }

    private bool Content(FieldDescriptor? field, int start, int length)
    {
        int end = _position + length;
        switch (field?.FieldType)
        {
            case FieldType.Message:
                if (_path.Count > DeepestMessage)
                {
                    return Fail(ReaderDiagnostics.NestingTooDeep, start, Path(), DeepestMessage);
                }

                return Count(start) && Message(field.MessageType, end);

            case FieldType.String:
                if (length > LongestString)
                {
                    return Fail(ReaderDiagnostics.LimitExceeded, Path(), start, $"the text has {length} bytes, and {LongestString} are allowed");
                }

                // Nobody looks a value up by its documentation: there, replacement characters do no harm.
                if (field.Name != "doc_string" && !Utf8.IsValid(_bytes.AsSpan(_position, length)))
                {
                    return Fail(ReaderDiagnostics.InvalidUtf8, start, Path());
                }

                _position = end;
                return Count(start);

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

    private static int WireTypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.String or FieldType.Bytes => LengthDelimited,
        FieldType.Float => Fixed32,
        FieldType.Double => Fixed64,
        _ => Varint,
    };

    // Readers must accept repeated numbers one by one and packed, whichever the schema prefers.
    private static bool IsPackable(FieldDescriptor field) => field.IsRepeated && WireTypeOf(field) != LengthDelimited;

    private bool ReadVarint(int end, out ulong value)
    {
        int start = _position;
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position >= end)
            {
                return Fail(ReaderDiagnostics.FileTruncated, start, Path(), 1, 0);
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

    private bool Fits(ulong length, int end) =>
        length <= (ulong)(end - _position) || Fail(ReaderDiagnostics.FileTruncated, _position, Path(), length, end - _position);

    private bool Count(int start) =>
        ++_elements <= MostElements
        || Fail(ReaderDiagnostics.LimitExceeded, Path(), start, $"the file has more than {MostElements} messages and strings");

    private bool Malformed(int offset, string what) => Fail(ReaderDiagnostics.NotOnnx, offset, Path(), what);

    private bool Fail(DiagnosticDescriptor descriptor, params object?[] arguments)
    {
        _report.Add(descriptor, null, arguments);
        return false;
    }

    private string Path()
    {
        string[] names = _path.ToArray();
        Array.Reverse(names);
        return string.Join('.', names);
    }
}
