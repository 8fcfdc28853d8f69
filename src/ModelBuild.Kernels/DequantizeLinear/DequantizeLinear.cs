using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX DequantizeLinear for any integer type of up to 32 bits and any axis, in plain loops: <c>y = float(x - zeroPoint[c]) * scale[c]</c> for x seen as
/// <c>[outer, channels, inner]</c>; one scale for all is <c>channels = 1</c>. The difference is exact.
/// </summary>
internal static class DequantizeLinear
{
    /// <summary>Dequantizes; an empty <paramref name="zeroPoints"/> is zero.</summary>
    public static void Run<T>(
        ReadOnlySpan<T> x, // [outer, channels, inner]
        ReadOnlySpan<float> scales, // [channels]
        ReadOnlySpan<T> zeroPoints, // [channels]
        Span<float> y, // [outer, channels, inner]
        int outer,
        int channels,
        int inner)
        where T : unmanaged, IBinaryInteger<T>
    {
        int i = 0;
        for (int o = 0; o < outer; o++)
        {
            for (int c = 0; c < channels; c++)
            {
                long zeroPoint = zeroPoints.IsEmpty ? 0 : long.CreateChecked(zeroPoints[c]);
                for (int j = 0; j < inner; j++, i++)
                {
                    y[i] = (long.CreateChecked(x[i]) - zeroPoint) * scales[c];
                }
            }
        }
    }
}
