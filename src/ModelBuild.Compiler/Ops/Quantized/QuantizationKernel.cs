using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What QuantizeLinear and DequantizeLinear have in common when they are lowered.</summary>
internal static class QuantizationKernel
{
    /// <summary>The parameters of a node of the form that has kernels of its own: between floats and integers, with constant scales per tensor or axis. Null for any other.</summary>
    public static QuantizationParameters? Find(LowerContext context, ElementType real, ElementType integer) =>
        real == ElementType.Float && integer is ElementType.UInt8 or ElementType.Int8 or ElementType.UInt16 or ElementType.Int16 or ElementType.Int32 ? QuantizationParameters.Of(context.Node) : null;

    /// <summary>The elements before, along and after the axis.</summary>
    public static (Dim Outer, Dim Channels, Dim Inner) Extents(TensorType type, int axis) => axis < 0
        ? (Dim.One, Dim.One, type.Length)
        : (Dim.Product(type.Shape.Take(axis)), type[axis], Dim.Product(type.Shape.Skip(axis + 1)));

    /// <summary>Scales and zero points as constants of the types that the kernels take.</summary>
    public static (Value Scales, Value ZeroPoints) Constants(LowerContext context, QuantizationParameters parameters)
    {
        var zeros = parameters.ZeroPoints;
        var tensor = parameters.Type switch
        {
            ElementType.UInt8 => Tensor.Of<byte>([.. zeros.Select(zero => (byte)zero)], zeros.Length),
            ElementType.Int8 => Tensor.Of<sbyte>([.. zeros.Select(zero => (sbyte)zero)], zeros.Length),
            ElementType.UInt16 => Tensor.Of<ushort>([.. zeros.Select(zero => (ushort)zero)], zeros.Length),
            ElementType.Int16 => Tensor.Of<short>([.. zeros.Select(zero => (short)zero)], zeros.Length),
            ElementType.Int32 => Tensor.Of<int>(zeros, zeros.Length),
            _ => throw new InvalidOperationException($"{parameters.Type} is not a quantized type."),
        };
        return (context.Constant(Tensor.Of<float>(parameters.Scales, parameters.Scales.Length), "scale", string.Empty), context.Constant(tensor, "zero", string.Empty));
    }
}
