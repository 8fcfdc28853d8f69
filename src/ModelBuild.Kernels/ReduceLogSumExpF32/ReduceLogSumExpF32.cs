using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ReduceLogSumExp of the middle axis: <c>x[outer, axis, inner]</c> becomes <c>y[outer, inner]</c>, <c>max + ln(sum of e^(x - max))</c>, the sum in order. One
/// plain loop serves every instruction set. y may not overlap x.
/// </summary>
internal static class ReduceLogSumExpF32
{
    public static void Run(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                int start = (o * axis * inner) + lane;
                float largest = float.NegativeInfinity;
                for (int a = 0; a < axis; a++)
                {
                    largest = MathF.Max(largest, x[start + (a * inner)]);
                }

                // An infinite maximum is the result, and must not be subtracted from itself.
                float shift = float.IsInfinity(largest) ? 0f : largest;
                float total = 0f;
                for (int a = 0; a < axis; a++)
                {
                    total += MathF32.Exp(new ScalarF32(x[start + (a * inner)] - shift)).Value;
                }

                y[(o * inner) + lane] = shift + MathF32.Log(new ScalarF32(total)).Value;
            }
        }
    }
}
