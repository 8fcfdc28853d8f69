using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace ModelBuild.Compiler.Data;

internal sealed partial class NpyFile
{
    // How much is read at a time: a header that promises more than the file holds costs at most this much memory too much.
    private const int ChunkBytes = 1 << 20;

    public static NpyFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads the stream to its end, which must be the end of the array.</summary>
    public static NpyFile Read(Stream stream)
    {
        NpyHeader header = NpyHeader.Read(stream);
        byte[] data = ReadExactly(stream, header.DataLength);
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"there is more data after the array, which ends at {header.DataLength} bytes");
        }

        if (header.BigEndian)
        {
            SwapBytes(data, header.Type == NpyType.String ? sizeof(int) : header.ItemSize);
        }

        int[] shape = [.. header.Shape];
        if (header.FortranOrder && shape.Length > 1)
        {
            data = ToRowMajor(data, shape, header.ItemSize);
        }

        if (header.Type == NpyType.String)
        {
            return new NpyFile(NpyType.String, shape, [], DecodeStrings(data, header));
        }

        if (header.Type == NpyType.Boolean)
        {
            // A byte other than 0 and 1 is true in NumPy, and undefined behaviour in a .NET bool.
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = data[i] == 0 ? (byte)0 : (byte)1;
            }
        }

        return new NpyFile(header.Type, shape, data, []);
    }

    private static byte[] ReadExactly(Stream stream, int length)
    {
        byte[] data = new byte[Math.Min(length, ChunkBytes)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == data.Length)
            {
                Array.Resize(ref data, (int)Math.Min(length, 2L * data.Length));
            }

            int read = stream.Read(data, filled, data.Length - filled);
            if (read == 0)
            {
                throw new InvalidDataException($"the array is cut off: the header promises {length} bytes of data and there are {filled}");
            }

            filled += read;
        }

        return data;
    }

    private static void SwapBytes(byte[] data, int size)
    {
        for (int i = 0; size > 1 && i < data.Length; i += size)
        {
            data.AsSpan(i, size).Reverse();
        }
    }

    /// <summary>Column-major to row-major: source index = sum of coordinate[d] * product of the sizes before d.</summary>
    private static byte[] ToRowMajor(byte[] source, int[] shape, int itemSize)
    {
        byte[] target = new byte[source.Length];
        int[] coordinates = new int[shape.Length];
        int[] strides = new int[shape.Length];
        for (int d = 0, stride = itemSize; d < shape.Length; stride *= shape[d], d++)
        {
            strides[d] = stride;
        }

        int from = 0;
        for (int to = 0; to < target.Length; to += itemSize)
        {
            source.AsSpan(from, itemSize).CopyTo(target.AsSpan(to));
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++coordinates[d] < shape[d])
                {
                    break;
                }

                from -= strides[d] * shape[d];
                coordinates[d] = 0;
            }
        }

        return target;
    }

    /// <summary>Fixed-size cells, padded with zeros: UTF-32 for NumPy's U, bytes (read as UTF-8) for its S.</summary>
    private static string[] DecodeStrings(byte[] data, NpyHeader header)
    {
        string[] strings = new string[data.Length / header.ItemSize];
        for (int i = 0; i < strings.Length; i++)
        {
            ReadOnlySpan<byte> cell = data.AsSpan(i * header.ItemSize, header.ItemSize);
            strings[i] = header.Utf32 ? DecodeUtf32(cell, i) : Encoding.UTF8.GetString(cell.TrimEnd((byte)0));
        }

        return strings;
    }

    private static string DecodeUtf32(ReadOnlySpan<byte> cell, int index)
    {
        StringBuilder text = new();
        int end = cell.Length;
        while (end > 0 && BinaryPrimitives.ReadInt32LittleEndian(cell[(end - 4)..]) == 0)
        {
            end -= 4;
        }

        for (int i = 0; i < end; i += 4)
        {
            int codePoint = BinaryPrimitives.ReadInt32LittleEndian(cell[i..]);
            if (!Rune.IsValid(codePoint))
            {
                throw new InvalidDataException($"string {index} holds 0x{codePoint:X}, which is no Unicode character");
            }

            text.Append(new Rune(codePoint).ToString());
        }

        return text.ToString();
    }
}
