using System;

namespace ModelBuild.Kernels;

internal static partial class SoftmaxF32
{
    /// <summary>The definition, one value at a time.</summary>
    public static void Reference(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
    {
        // A single stripe sums in order: the others stay 0.
        int stripes = inner == 1 ? Stripes.Count : 1;
        Span<float> sums = stackalloc float[Stripes.Count];
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

                sums.Clear();
                for (int a = 0; a < axis; a++)
                {
                    sums[a % stripes] += Power(x[start + (a * inner)], largest);
                }

                float total = Stripes.Join(sums);
                float factor = 1f / total;
                for (int a = 0; a < axis; a++)
                {
                    y[start + (a * inner)] = Power(x[start + (a * inner)], largest) * factor;
                }
            }
        }
    }

    private static float Power(float x, float largest) => MathF32.Exp(new ScalarF32(x - largest)).Value;
}
