using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Groups of element types.</summary>
internal static class ElementKinds
{
    public static bool IsFloatingPoint(this ElementType type) => type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>Integers of any size, with or without a sign; not bool.</summary>
    public static bool IsInteger(this ElementType type) => type is ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64
        or ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

    /// <summary>A type of few bits that only converts, see <see cref="Kernels.INarrow{TSelf}"/>.</summary>
    public static bool IsNarrow(this ElementType type) => type.StructName() is not null && !type.IsComplex();

    public static bool IsComplex(this ElementType type) => type is ElementType.Complex64 or ElementType.Complex128;

    /// <summary>Floats of 16 bits, which are widened to compute with them.</summary>
    public static bool IsHalf(this ElementType type) => type is ElementType.Float16 or ElementType.BFloat16;

    /// <summary>An integer of 2 or 4 bits.</summary>
    public static bool IsNarrowInteger(this ElementType type) => type is ElementType.UInt4 or ElementType.Int4 or ElementType.UInt2 or ElementType.Int2;

    public static bool IsNumber(this ElementType type) => type.IsInteger() || type.IsFloatingPoint();

    /// <summary>An operation of the kernel library that is generic in the element type, closed over <paramref name="type"/>.</summary>
    /// <exception cref="OperatorException">It is not defined for that type.</exception>
    public static StructLiteral Operation(Type definition, ElementType type, params Scalar[] values)
    {
        try
        {
            return new(definition.MakeGenericType(ClrTypes.Of(type)), values);
        }
        catch (ArgumentException)
        {
            throw Unsupported(definition.Name.Split('`')[0], type);
        }
    }

    /// <summary>The error for an element type that no kernel takes.</summary>
    public static OperatorException Unsupported(string op, ElementType type) => OperatorException.Unsupported($"{op} of {type.ShortName()} is not supported");
}
