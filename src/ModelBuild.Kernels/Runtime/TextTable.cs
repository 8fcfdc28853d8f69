using System;
using System.Buffers.Binary;
using System.Text;

namespace ModelBuild.Kernels;

/// <summary>Texts among a model's constants: of each the length in bytes, and the bytes in UTF-8.</summary>
internal static class TextTable
{
    /// <summary>Reads as many texts as there are.</summary>
    public static string[] Read(ReadOnlySpan<byte> table, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(table);
            texts[i] = Encoding.UTF8.GetString(table.Slice(sizeof(int), length));
            table = table[(sizeof(int) + length)..];
        }

        return texts;
    }
}
