using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>Which .NET type holds an element of which ONNX type.</summary>
internal static class ClrTypes
{
    private static readonly Dictionary<ElementType, Type> ByElement = new()
    {
        [ElementType.Float] = typeof(float),
        [ElementType.UInt8] = typeof(byte),
        [ElementType.Int8] = typeof(sbyte),
        [ElementType.UInt16] = typeof(ushort),
        [ElementType.Int16] = typeof(short),
        [ElementType.Int32] = typeof(int),
        [ElementType.Int64] = typeof(long),
        [ElementType.Bool] = typeof(bool),
        [ElementType.Float16] = typeof(Half),
        [ElementType.Double] = typeof(double),
        [ElementType.UInt32] = typeof(uint),
        [ElementType.UInt64] = typeof(ulong),
        [ElementType.String] = typeof(string),
        [ElementType.BFloat16] = typeof(BFloat16),
        [ElementType.Float8E4M3FN] = typeof(Float8E4M3FN),
        [ElementType.Float8E4M3FNUZ] = typeof(Float8E4M3FNUZ),
        [ElementType.Float8E5M2] = typeof(Float8E5M2),
        [ElementType.Float8E5M2FNUZ] = typeof(Float8E5M2FNUZ),
        [ElementType.Float8E8M0] = typeof(Float8E8M0),
        [ElementType.Float4E2M1] = typeof(Float4E2M1),
        [ElementType.UInt4] = typeof(UInt4),
        [ElementType.Int4] = typeof(Int4),
        [ElementType.UInt2] = typeof(UInt2),
        [ElementType.Int2] = typeof(Int2),
        [ElementType.Complex64] = typeof(Complex64),
        [ElementType.Complex128] = typeof(Complex),
    };

    private static readonly Dictionary<Type, ElementType> ByClr = ByElement.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static Type Of(ElementType type) => ByElement.TryGetValue(type, out var clr) ? clr : throw new NotSupportedException($"Element type {type} has no .NET type.");

    public static ElementType ElementOf(Type clr) => ByClr.TryGetValue(clr, out var type) ? type : throw new NotSupportedException($"{clr} is not an element type.");

    public static bool IsElement(Type clr) => ByClr.ContainsKey(clr);
}
