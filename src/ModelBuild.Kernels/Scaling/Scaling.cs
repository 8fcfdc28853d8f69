using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The arithmetic of ONNX QuantizeLinear and DequantizeLinear in 32-bit floats, for scales of a tensor, along an axis or in blocks: of x seen as
/// <c>[outer, length, inner]</c>, element (o, d, i) has the parameters at <c>o * outerStep + d / block * step + i * innerStep</c>.
/// </summary>
internal static class Scaling
{
    /// <summary><c>y = clamp(round(x / scale) + zero, low, high)</c>, halves to even; without rounding where the type that follows has fractions. NaN becomes low. <paramref name="precision"/> is a <see cref="QuotientPrecision"/>.</summary>
    public static void Quantize(ReadOnlySpan<float> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> zeros, Span<float> y, in ScalingShape shape, float low, float high, bool rounds, int precision)
    {
        int at = 0;
        for (int o = 0; o < shape.Outer; o++)
        {
            for (int d = 0; d < shape.Length; d++)
            {
                for (int i = 0; i < shape.Inner; i++, at++)
                {
                    int place = shape.Place(o, d, i);
                    float zero = zeros.IsEmpty ? 0 : zeros[place];
                    float value = Rounded(x[at] / scales[place], precision);
                    if (!rounds)
                    {
                        // A zero that is not added keeps the sign of -0.
                        value = zero == 0 ? value : value + zero;
                    }
                    else
                    {
                        value = MathF.Round(value, MidpointRounding.ToEven) + zero;
                        value = value > low ? value < high ? value : high : low;
                    }

                    y[at] = value;
                }
            }
        }
    }

    /// <summary><c>y = (x - zero) * scale</c>.</summary>
    public static void Dequantize(ReadOnlySpan<float> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> zeros, Span<float> y, in ScalingShape shape)
    {
        int at = 0;
        for (int o = 0; o < shape.Outer; o++)
        {
            for (int d = 0; d < shape.Length; d++)
            {
                for (int i = 0; i < shape.Inner; i++, at++)
                {
                    int place = shape.Place(o, d, i);
                    y[at] = (x[at] - (zeros.IsEmpty ? 0 : zeros[place])) * scales[place];
                }
            }
        }
    }

    private static float Rounded(float quotient, int precision) => (QuotientPrecision)precision switch
    {
        QuotientPrecision.Half => (float)(Half)quotient,
        QuotientPrecision.BFloat16 => BFloat16.ToSingle(BFloat16.FromSingle(quotient, saturate: false)),
        _ => quotient,
    };
}
