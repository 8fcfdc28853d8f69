using System;

namespace ModelBuild.Onnx;

/// <summary>How many bits an element takes in <see cref="OnnxTensor.Data"/>.</summary>
public static class OnnxElementTypeSize
{
    /// <summary>Whether the number stands for an element type of this version of ONNX.</summary>
    public static bool IsDefined(int elementType) => elementType is >= (int)OnnxElementType.Float and <= (int)OnnxElementType.Int2;

    /// <summary>Bits per element. Strings have no fixed size and are not allowed here.</summary>
    public static int Bits(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt2 or OnnxElementType.Int2 => 2,
        OnnxElementType.UInt4 or OnnxElementType.Int4 or OnnxElementType.Float4E2M1 => 4,
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool
            or OnnxElementType.Float8E4M3FN or OnnxElementType.Float8E4M3FNUZ
            or OnnxElementType.Float8E5M2 or OnnxElementType.Float8E5M2FNUZ or OnnxElementType.Float8E8M0 => 8,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 16,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 32,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Complex64 => 64,
        OnnxElementType.Complex128 => 128,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The type has no fixed element size."),
    };

    /// <summary>The bytes that <paramref name="count"/> elements take; elements under 8 bits fill bytes, the last one padded.</summary>
    /// <returns>False when the size does not fit in 64 bits.</returns>
    public static bool TryGetByteCount(this OnnxElementType type, long count, out long bytes)
    {
        Int128 bits = (Int128)count * type.Bits();
        Int128 whole = (bits + 7) / 8;
        bytes = whole <= long.MaxValue ? (long)whole : 0;
        return whole <= long.MaxValue;
    }
}
