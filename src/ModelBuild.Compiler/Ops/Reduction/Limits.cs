using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The smallest and the largest value of an element type: what a maximum and a minimum start with.</summary>
internal static class Limits
{
    /// <summary>Null for a type whose limit is not a 64-bit integer or a double.</summary>
    public static Scalar? Smallest(ElementType type) => type switch
    {
        ElementType.Double => double.NegativeInfinity,
        ElementType.Int64 => long.MinValue,
        ElementType.Int32 => int.MinValue,
        ElementType.Int16 => short.MinValue,
        ElementType.Int8 => sbyte.MinValue,
        ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64 => 0,
        _ => null,
    };

    /// <inheritdoc cref="Smallest"/>
    public static Scalar? Largest(ElementType type) => type switch
    {
        ElementType.Double => double.PositiveInfinity,
        ElementType.Int64 => long.MaxValue,
        ElementType.Int32 => int.MaxValue,
        ElementType.Int16 => short.MaxValue,
        ElementType.Int8 => sbyte.MaxValue,
        ElementType.UInt8 => byte.MaxValue,
        ElementType.UInt16 => ushort.MaxValue,
        ElementType.UInt32 => uint.MaxValue,
        _ => null,
    };
}
