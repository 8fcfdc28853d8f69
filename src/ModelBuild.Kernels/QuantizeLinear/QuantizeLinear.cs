using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX QuantizeLinear for any integer type of up to 16 bits and any axis, in plain loops: <c>y = saturate(roundHalfEven(x / scale[c]) + zeroPoint[c])</c> for x
/// seen as <c>[outer, channels, inner]</c>; one scale for all is <c>channels = 1</c>. NaN becomes the smallest value of the type.
/// </summary>
internal static class QuantizeLinear
{
    /// <summary>Quantizes; an empty <paramref name="zeroPoints"/> is zero.</summary>
    public static void Run<T>(
        ReadOnlySpan<float> x, // [outer, channels, inner]
        ReadOnlySpan<float> scales, // [channels]
        ReadOnlySpan<T> zeroPoints, // [channels]
        Span<T> y, // [outer, channels, inner]
        int outer,
        int channels,
        int inner)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int min = int.CreateChecked(T.MinValue);
        int max = int.CreateChecked(T.MaxValue);
        int i = 0;
        for (int o = 0; o < outer; o++)
        {
            for (int c = 0; c < channels; c++)
            {
                int zeroPoint = zeroPoints.IsEmpty ? 0 : int.CreateChecked(zeroPoints[c]);
                float low = min - zeroPoint;
                float high = max - zeroPoint;
                for (int j = 0; j < inner; j++, i++)
                {
                    float value = x[i] / scales[c];
                    value = value > low ? value : low;
                    value = value < high ? value : high;
                    y[i] = T.CreateTruncating((int)MathF.Round(value, MidpointRounding.ToEven) + zeroPoint);
                }
            }
        }
    }
}
