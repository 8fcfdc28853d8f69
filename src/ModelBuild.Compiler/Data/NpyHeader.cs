using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// What stands before the data of an .npy file: magic, version, length, and a Python dictionary with the keys
/// descr (element type), fortran_order and shape. A header that was read describes data that fits in one .NET array.
/// </summary>
internal sealed record NpyHeader(NpyType Type, int ItemSize, bool BigEndian, bool Utf32, bool FortranOrder, IReadOnlyList<int> Shape)
{
    // NumPy itself refuses headers of more than 10,000 characters unless told otherwise.
    private const int MaxHeaderBytes = 64 * 1024;

    // NumPy 2 allows 64 dimensions.
    private const int MaxRank = 64;

    /// <summary>The bytes of data that follow the header.</summary>
    public int DataLength { get; private init; }

    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw new InvalidDataException("not an .npy file: it does not start with \\x93NUMPY");
        }

        int major = start[6];
        if (major is < 1 or > 3)
        {
            throw new InvalidDataException($"the .npy format version {major}.{start[7]} is unknown: versions 1 to 3 can be read");
        }

        // The length of the dictionary has two bytes in version 1 and four in the others.
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        ReadFully(stream, size[..(major == 1 ? 2 : 4)]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxHeaderBytes)
        {
            throw new InvalidDataException($"the header is {length} bytes long: more than {MaxHeaderBytes} are refused");
        }

        byte[] text = new byte[length];
        ReadFully(stream, text);
        return Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
    }

    private static void ReadFully(Stream stream, Span<byte> target)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw new InvalidDataException("the file ends within the header");
        }
    }

    private static NpyHeader Parse(string text)
    {
        Dictionary<string, object> fields = NpyHeaderParser.Parse(text);
        foreach (string key in (string[])["descr", "fortran_order", "shape"])
        {
            if (!fields.ContainsKey(key))
            {
                throw new InvalidDataException($"the header has no '{key}'");
            }
        }

        if (fields.Count != 3)
        {
            throw new InvalidDataException($"the header has the unknown key '{fields.Keys.First(k => k is not ("descr" or "fortran_order" or "shape"))}'");
        }

        if (fields["descr"] is not string descr || fields["fortran_order"] is not bool fortranOrder || fields["shape"] is not long[] shape)
        {
            throw new InvalidDataException("the header's descr must be a string, fortran_order True or False, and shape a tuple of numbers");
        }

        (NpyType type, int itemSize, bool utf32) = ParseType(descr);
        return new NpyHeader(type, itemSize, descr[0] == '>', utf32, fortranOrder, CheckShape(shape))
        {
            DataLength = CheckedLength(shape, itemSize),
        };
    }

    /// <summary>For example &lt;f4: byte order, kind, and bytes per element (characters for U).</summary>
    private static (NpyType Type, int ItemSize, bool Utf32) ParseType(string descr)
    {
        if (descr.Length < 3 || descr[0] is not ('<' or '>' or '|' or '=')
            || !int.TryParse(descr.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            throw new InvalidDataException($"the element type '{descr}' is unknown");
        }

        return (descr[1], size) switch
        {
            ('b', 1) => (NpyType.Boolean, 1, false),
            ('u', 1) => (NpyType.UInt8, 1, false),
            ('u', 2) => (NpyType.UInt16, 2, false),
            ('u', 4) => (NpyType.UInt32, 4, false),
            ('u', 8) => (NpyType.UInt64, 8, false),
            ('i', 1) => (NpyType.Int8, 1, false),
            ('i', 2) => (NpyType.Int16, 2, false),
            ('i', 4) => (NpyType.Int32, 4, false),
            ('i', 8) => (NpyType.Int64, 8, false),
            ('f', 2) => (NpyType.Float16, 2, false),
            ('f', 4) => (NpyType.Float32, 4, false),
            ('f', 8) => (NpyType.Float64, 8, false),
            ('U', > 0 and <= int.MaxValue / 4) => (NpyType.String, size * 4, true),
            ('S', > 0) => (NpyType.String, size, false),
            ('O', _) => throw new InvalidDataException("pickled Python objects (element type 'O') cannot be read"),
            _ => throw new InvalidDataException($"the element type '{descr}' cannot be read"),
        };
    }

    private static int[] CheckShape(long[] shape)
    {
        if (shape.Length > MaxRank)
        {
            throw new InvalidDataException($"the shape has {shape.Length} dimensions: more than {MaxRank} are refused");
        }

        foreach (long dimension in shape)
        {
            if (dimension > int.MaxValue)
            {
                throw new InvalidDataException($"the dimension {dimension} is too large");
            }
        }

        return [.. shape.Select(d => (int)d)];
    }

    private static int CheckedLength(long[] shape, int itemSize)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        // Neither factor exceeds 2^31, so the product is exact until it is found too large.
        long bytes = itemSize;
        foreach (long dimension in shape)
        {
            bytes *= dimension;
            if (bytes > Array.MaxLength)
            {
                throw new InvalidDataException($"the shape ({string.Join(", ", shape)}) with {itemSize} bytes an element is too large: at most {Array.MaxLength} bytes can be read");
            }
        }

        return (int)bytes;
    }
}
