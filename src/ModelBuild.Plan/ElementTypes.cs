using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>What each element type is called, in plans, comments and C#, and how many bytes one element takes in memory.</summary>
public static class ElementTypes
{
    private const string Kernels = "global::ModelBuild.Kernels.";

    // Type, name in plans and comments, C# type, bytes per element. Types that are packed below a byte in a file take one byte per element in memory.
    private static readonly (ElementType Type, string ShortName, string CSharpName, int Size)[] Table =
    [
        (ElementType.Float, "f32", "float", 4),
        (ElementType.UInt8, "u8", "byte", 1),
        (ElementType.Int8, "s8", "sbyte", 1),
        (ElementType.UInt16, "u16", "ushort", 2),
        (ElementType.Int16, "s16", "short", 2),
        (ElementType.Int32, "s32", "int", 4),
        (ElementType.Int64, "s64", "long", 8),
        (ElementType.Bool, "bool", "bool", 1),
        (ElementType.Float16, "f16", "global::System.Half", 2),
        (ElementType.Double, "f64", "double", 8),
        (ElementType.UInt32, "u32", "uint", 4),
        (ElementType.UInt64, "u64", "ulong", 8),
        (ElementType.BFloat16, "bf16", Kernels + "BFloat16", 2),
        (ElementType.Float8E4M3FN, "f8e4m3fn", Kernels + "Float8E4M3FN", 1),
        (ElementType.Float8E4M3FNUZ, "f8e4m3fnuz", Kernels + "Float8E4M3FNUZ", 1),
        (ElementType.Float8E5M2, "f8e5m2", Kernels + "Float8E5M2", 1),
        (ElementType.Float8E5M2FNUZ, "f8e5m2fnuz", Kernels + "Float8E5M2FNUZ", 1),
        (ElementType.Float8E8M0, "f8e8m0", Kernels + "Float8E8M0", 1),
        (ElementType.Float4E2M1, "f4e2m1", Kernels + "Float4E2M1", 1),
        (ElementType.UInt4, "u4", Kernels + "UInt4", 1),
        (ElementType.Int4, "s4", Kernels + "Int4", 1),
        (ElementType.UInt2, "u2", Kernels + "UInt2", 1),
        (ElementType.Int2, "s2", Kernels + "Int2", 1),
        (ElementType.Complex64, "c64", Kernels + "Complex64", 8),
        (ElementType.Complex128, "c128", "global::System.Numerics.Complex", 16),
        (ElementType.String, "string", "string", 0),
    ];

    private static readonly Dictionary<ElementType, (string ShortName, string CSharpName, int Size)> ByType =
        Table.ToDictionary(row => row.Type, row => (row.ShortName, row.CSharpName, row.Size));

    private static readonly Dictionary<string, ElementType> ByShortName = Table.ToDictionary(row => row.ShortName, row => row.Type);

    /// <summary>Whether values of this type can live in a plan's buffers.</summary>
    public static bool IsSupported(this ElementType type) => ByType.ContainsKey(type);

    /// <summary>The name in plans and comments, for example <c>f32</c>.</summary>
    public static string ShortName(this ElementType type) => ByType.TryGetValue(type, out var row) ? row.ShortName : type.ToString();

    /// <summary>The C# type, for example <c>float</c>.</summary>
    /// <exception cref="NotSupportedException">Values of this type cannot live in a buffer.</exception>
    public static string CSharpName(this ElementType type) => Row(type).CSharpName;

    /// <summary>The struct of the kernel library that holds an element; null where .NET has a type for it.</summary>
    public static string? StructName(this ElementType type) =>
        ByType.TryGetValue(type, out var row) && row.CSharpName.StartsWith(Kernels, StringComparison.Ordinal) ? row.CSharpName.Substring(Kernels.Length) : null;

    /// <summary>Bytes that one element takes in memory.</summary>
    /// <exception cref="NotSupportedException">Values of this type cannot live in a buffer.</exception>
    public static int SizeInBytes(this ElementType type) => Row(type).Size;

    /// <summary>The type that <see cref="ShortName"/> names.</summary>
    /// <exception cref="FormatException">No type has that name.</exception>
    public static ElementType Parse(string shortName) =>
        ByShortName.TryGetValue(shortName, out var type) ? type : throw new FormatException($"'{shortName}' is not an element type.");

    /// <summary>Whether <paramref name="shortName"/> names an element type.</summary>
    public static bool TryParse(string shortName, out ElementType type) => ByShortName.TryGetValue(shortName, out type);

    private static (string ShortName, string CSharpName, int Size) Row(ElementType type) =>
        ByType.TryGetValue(type, out var row) ? row : throw new NotSupportedException($"Element type {type} has no place in memory.");
}
