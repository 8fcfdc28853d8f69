using System;

namespace ModelBuild.Kernels;

internal static partial class ReduceF32
{
    /// <summary>The definition, one value at a time.</summary>
    public static void Reference<TReduction>(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner, TReduction reduction)
        where TReduction : struct, IReductionF32
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                float result = reduction.Start;
                if (inner == 1)
                {
                    result = Stripes.Reference(x.Slice(o * axis, axis), reduction);
                }
                else
                {
                    for (int a = 0; a < axis; a++)
                    {
                        result = reduction.Accumulate(new ScalarF32(result), new ScalarF32(x[(((o * axis) + a) * inner) + lane])).Value;
                    }
                }

                y[(o * inner) + lane] = reduction.Finish(new ScalarF32(result), axis).Value;
            }
        }
    }
}
