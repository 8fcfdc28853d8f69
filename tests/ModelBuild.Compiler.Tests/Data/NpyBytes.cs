using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace ModelBuild.Compiler.Tests.Data;

/// <summary>Builds .npy files byte by byte, so that tests can also say what no writer would.</summary>
internal static class NpyBytes
{
    public static MemoryStream File(string dictionary, byte[] data, byte major = 1)
    {
        byte[] header = Encoding.UTF8.GetBytes(dictionary + "\n");
        byte[] size = new byte[major == 1 ? 2 : 4];
        if (major == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)header.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)header.Length);
        }

        return new MemoryStream([0x93, .. "NUMPY"u8, major, 0, .. size, .. header, .. data]);
    }

    public static MemoryStream File(string descr, string shape, byte[] data, bool fortranOrder = false) =>
        File($"{{'descr': '{descr}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': {shape}, }}", data);

    public static byte[] LittleEndian(params float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }
}
