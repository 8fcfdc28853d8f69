using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Elements of 2 and 4 bits: in files several of them share a byte, the first one in the lowest bits; in memory each has its own, signed integers with their sign.
/// </summary>
internal static class PackedElements
{
    private const int BitsPerByte = 8;

    /// <summary>Bits per element in files of a type that is packed; 0 for other types.</summary>
    public static int Bits(ElementType type) => type switch
    {
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt2 or ElementType.Int2 => 2,
        _ => 0,
    };

    /// <summary>The elements of a file as they are in memory.</summary>
    public static ReadOnlyMemory<byte> Unpack(ElementType type, IReadOnlyList<long> dims, ReadOnlyMemory<byte> data)
    {
        var bits = Bits(type);
        if (bits == 0)
        {
            return data;
        }

        var packed = data.Span;
        var isSigned = type is ElementType.Int4 or ElementType.Int2;
        var elements = new byte[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < elements.Length; i++)
        {
            var above = BitsPerByte - bits;
            var high = unchecked((byte)(packed[i * bits / BitsPerByte] >> (i * bits % BitsPerByte) << above));
            elements[i] = isSigned ? unchecked((byte)((sbyte)high >> above)) : (byte)(high >> above);
        }

        return elements;
    }

    /// <summary>The elements as a file has them.</summary>
    public static ReadOnlyMemory<byte> Pack(ElementType type, ReadOnlyMemory<byte> elements)
    {
        var bits = Bits(type);
        if (bits == 0)
        {
            return elements;
        }

        var values = elements.Span;
        var packed = new byte[((values.Length * bits) + BitsPerByte - 1) / BitsPerByte];
        for (var i = 0; i < values.Length; i++)
        {
            packed[i * bits / BitsPerByte] |= (byte)((values[i] & ((1 << bits) - 1)) << (i * bits % BitsPerByte));
        }

        return packed;
    }
}
