namespace ModelBuild.Onnx;

/// <summary>The element types of tensors, with ONNX's own numbers.</summary>
public enum OnnxElementType
{
    /// <summary>Not a type; never in a tensor that <see cref="OnnxReader"/> returns.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text.</summary>
    String = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary16.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 binary64.</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,

    /// <summary>Two <see cref="Float"/>: real, imaginary.</summary>
    Complex64 = 14,

    /// <summary>Two <see cref="Double"/>: real, imaginary.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a <see cref="Float"/>.</summary>
    BFloat16 = 16,

    /// <summary>4 exponent bits, 3 mantissa bits, NaN but no infinities.</summary>
    Float8E4M3FN = 17,

    /// <summary>As <see cref="Float8E4M3FN"/>, without negative zero.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>5 exponent bits, 2 mantissa bits, NaN and infinities.</summary>
    Float8E5M2 = 19,

    /// <summary>As <see cref="Float8E5M2"/>, without infinities and negative zero.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>Unsigned 4-bit integer, two in a byte, the first in the low half.</summary>
    UInt4 = 21,

    /// <summary>Signed 4-bit integer, two in a byte, the first in the low half.</summary>
    Int4 = 22,

    /// <summary>2 exponent bits, 1 mantissa bit, two in a byte, the first in the low half.</summary>
    Float4E2M1 = 23,

    /// <summary>8 exponent bits and nothing else: a power of two.</summary>
    Float8E8M0 = 24,

    /// <summary>Unsigned 2-bit integer, four in a byte, the first in the lowest bits.</summary>
    UInt2 = 25,

    /// <summary>Signed 2-bit integer, four in a byte, the first in the lowest bits.</summary>
    Int2 = 26,
}
