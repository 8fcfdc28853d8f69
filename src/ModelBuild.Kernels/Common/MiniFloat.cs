using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The layout of a floating-point type of 8 bits or fewer: a sign, exponent and mantissa as in IEEE 754 with subnormal numbers, and codes of its own for what is no
/// number. Micikevicius et al., FP8 Formats for Deep Learning, https://arxiv.org/abs/2209.05433; https://onnx.ai/onnx/technical/float8.html
/// </summary>
/// <param name="Bits">All bits.</param>
/// <param name="Mantissa">Bits of mantissa.</param>
/// <param name="Bias">What is added to the exponent.</param>
/// <param name="Largest">The largest number.</param>
/// <param name="NaN">The code of NaN without its sign; -1 where the type has none, and negative zero takes its place.</param>
/// <param name="Infinity">The code of infinity without its sign; -1 where the type has none.</param>
/// <param name="IsUnsignedZero">Whether the code of negative zero is that of NaN.</param>
internal readonly record struct MiniFloat(int Bits, int Mantissa, int Bias, float Largest, int NaN, int Infinity, bool IsUnsignedZero)
{
    private int Sign => 1 << (Bits - 1);

    private int SmallestExponent => 1 - Bias;

    /// <summary>The number that a code stands for.</summary>
    public float Decode(int code)
    {
        int magnitude = code & (Sign - 1);
        bool isNegative = (code & Sign) != 0;
        if (IsUnsignedZero ? code == NaN : magnitude == NaN || (Infinity >= 0 && magnitude > Infinity))
        {
            return float.NaN;
        }

        int exponent = magnitude >> Mantissa;
        int fraction = magnitude & ((1 << Mantissa) - 1);
        float value = magnitude == Infinity ? float.PositiveInfinity
            : exponent == 0 ? fraction * Power(SmallestExponent - Mantissa)
            : (fraction + (1 << Mantissa)) * Power(exponent - Bias - Mantissa);
        return isNegative ? -value : value;
    }

    /// <summary>The code of the nearest number, halves to even.</summary>
    public int Encode(float value, bool saturate)
    {
        int sign = float.IsNegative(value) ? Sign : 0;
        if (float.IsNaN(value))
        {
            return NaN < 0 ? Sign : IsUnsignedZero ? NaN : NaN | sign;
        }

        float magnitude = MathF.Abs(value);
        if (!float.IsInfinity(magnitude))
        {
            int exponent = Math.Max(Exponent(magnitude), SmallestExponent);
            float step = Power(exponent - Mantissa);
            magnitude = MathF.Round(magnitude / step, MidpointRounding.ToEven) * step;
        }

        if (magnitude > Largest)
        {
            return saturate || NaN < 0 ? Code(Largest) | sign : Infinity >= 0 ? Infinity | sign : IsUnsignedZero ? NaN : NaN | sign;
        }

        return magnitude == 0 && IsUnsignedZero ? 0 : Code(magnitude) | sign;
    }

    // The code of a positive number that the type has.
    private int Code(float magnitude)
    {
        int exponent = Exponent(magnitude);
        return exponent < SmallestExponent
            ? (int)(magnitude / Power(SmallestExponent - Mantissa))
            : ((exponent + Bias) << Mantissa) + (int)(magnitude / Power(exponent - Mantissa)) - (1 << Mantissa);
    }

    private static int Exponent(float magnitude) => ((BitConverter.SingleToInt32Bits(magnitude) >> 23) & 0xFF) - 127;

    private static float Power(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
