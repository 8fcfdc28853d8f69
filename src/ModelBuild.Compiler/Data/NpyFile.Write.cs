using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;

namespace ModelBuild.Compiler.Data;

internal sealed partial class NpyFile
{
    // NumPy aligns the data to this many bytes so that it can be mapped into memory.
    private const int DataAlignment = 64;

    public void Write(string path)
    {
        using FileStream stream = File.Create(path);
        Write(stream);
    }

    /// <summary>Writes format version 1.0, little-endian, row-major.</summary>
    public void Write(Stream stream)
    {
        int characters = Type == NpyType.String ? Math.Max(1, _strings.Select(s => s.EnumerateRunes().Count()).DefaultIfEmpty().Max()) : 0;
        string shape = Shape.Count == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        string dictionary = $"{{'descr': '{Descr(characters)}', 'fortran_order': False, 'shape': {shape}, }}";

        // Magic, version and length take 10 bytes; a new line ends the header.
        int padding = DataAlignment - 1 - ((10 + dictionary.Length) % DataAlignment);
        byte[] header = Encoding.ASCII.GetBytes(dictionary + new string(' ', padding) + "\n");
        Span<byte> start = stackalloc byte[10];
        NpyHeader.Magic.CopyTo(start);
        start[6] = 1;
        start[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], checked((ushort)header.Length));
        stream.Write(start);
        stream.Write(header);
        stream.Write(_data);
        byte[] cell = new byte[characters * 4];
        foreach (string text in _strings)
        {
            Array.Clear(cell);
            Encoding.UTF32.GetBytes(text, cell);
            stream.Write(cell);
        }
    }

    private string Descr(int characters) => Type switch
    {
        NpyType.Boolean => "|b1",
        NpyType.UInt8 => "|u1",
        NpyType.UInt16 => "<u2",
        NpyType.UInt32 => "<u4",
        NpyType.UInt64 => "<u8",
        NpyType.Int8 => "|i1",
        NpyType.Int16 => "<i2",
        NpyType.Int32 => "<i4",
        NpyType.Int64 => "<i8",
        NpyType.Float16 => "<f2",
        NpyType.Float32 => "<f4",
        NpyType.Float64 => "<f8",
        _ => $"<U{characters}",
    };
}
