using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>How integers stand for reals: real = (integer - ZeroPoint) * Scale, for the whole tensor or for each index of one axis.</summary>
/// <param name="Scales">One scale, or one for each index of <paramref name="Axis"/>.</param>
/// <param name="ZeroPoints">As many zero points.</param>
/// <param name="Type">The integer type.</param>
/// <param name="Axis">The axis; -1 for the whole tensor.</param>
internal sealed record QuantizationParameters(float[] Scales, int[] ZeroPoints, ElementType Type, int Axis)
{
    public bool IsPerTensor => Axis < 0;

    public float Scale => Scales[0];

    public int ZeroPoint => ZeroPoints[0];

    /// <summary>Reads scale, zero point and axis of a QuantizeLinear or DequantizeLinear node whose parameters are constant; null where they are not, are in blocks, or are no integers.</summary>
    public static QuantizationParameters? Of(Node node)
    {
        if (node.Input(1)?.Constant is not { Type: ElementType.Float } scale || node.Input(2) is { IsConstant: false } || node.Attributes.Get("block_size", 0L) != 0 || scale.Dims.Count > 1
            || node.Input(2) is { Type.Element: not (ElementType.UInt8 or ElementType.Int8 or ElementType.UInt16 or ElementType.Int16 or ElementType.Int32) })
        {
            return null;
        }

        var type = node.Is("QuantizeLinear") ? node.Output.Type.Element : node.Inputs[0]!.Type.Element;
        var zeroPoints = node.Input(2)?.Constant is { } zero ? ToInt(zero) : new int[scale.Length];
        var isPerTensor = scale.Length == 1;
        var rank = node.Inputs[0]!.Type.Rank;
        return new QuantizationParameters(scale.As<float>().ToArray(), zeroPoints, type, isPerTensor ? -1 : InferContext.Axis(node.Attributes.Get("axis", 1L), rank));
    }

    public bool Equals(QuantizationParameters? other) =>
        other is not null && Type == other.Type && Axis == other.Axis && Scales.SequenceEqual(other.Scales) && ZeroPoints.SequenceEqual(other.ZeroPoints);

    public override int GetHashCode() => HashCode.Combine(Type, Axis, Scale, ZeroPoint);

    /// <summary>The integers of a tensor of at most 32 bits.</summary>
    public static int[] ToInt(Tensor tensor) => tensor.Type switch
    {
        ElementType.UInt8 => [.. tensor.Bytes.ToArray().Select(value => (int)value)],
        ElementType.Int8 => [.. tensor.As<sbyte>().ToArray().Select(value => (int)value)],
        ElementType.UInt16 => [.. tensor.As<ushort>().ToArray().Select(value => (int)value)],
        ElementType.Int16 => [.. tensor.As<short>().ToArray().Select(value => (int)value)],
        ElementType.Int32 => tensor.As<int>().ToArray(),
        _ => throw OperatorException.Unsupported($"quantized values of type {tensor.Type.ShortName()} are not supported"),
    };
}
