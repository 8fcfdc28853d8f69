using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class ReduceF32Tests
{
    private static readonly (int Outer, int Axis, int Inner)[] Shapes =
    [
        (1, 1, 1), (3, 5, 1), (2, 16, 1), (2, 17, 1), (1, 1000, 1), (2, 0, 1), (2, 7, 2), (1, 49, 15), (1, 4, 16), (2, 3, 33), (1, 9, 83), (1, 0, 20),
    ];

    [Fact]
    public void Every_reduction_gives_the_same_bits_on_every_instruction_set()
    {
        Same(default(ReduceSumF32));
        Same(default(ReduceMeanF32));
        Same(default(ReduceMaxF32));
        Same(default(ReduceMinF32));
        Same(default(ReduceProdF32));
        Same(default(ReduceL1F32));
        Same(default(ReduceL2F32));
        Same(default(ReduceSumSquareF32));
        Same(default(ReduceLogSumF32));
    }

    [Theory]
    [InlineData(1, 37)]
    [InlineData(3, 37)]
    public void Every_reduction_agrees_with_its_formula(int inner, int axis)
    {
        var x = FloatSamples.Tame(axis * inner, 5).Select(v => Math.Abs(v) + 0.5f).ToArray();
        var lane = Enumerable.Range(0, axis).Select(a => (double)x[(a * inner) + inner - 1]).ToArray();
        Last(x, axis, inner, default(ReduceSumF32)).ShouldBe((float)lane.Sum(), 1e-4f);
        Last(x, axis, inner, default(ReduceMeanF32)).ShouldBe((float)lane.Average(), 1e-5f);
        Last(x, axis, inner, default(ReduceMaxF32)).ShouldBe((float)lane.Max());
        Last(x, axis, inner, default(ReduceMinF32)).ShouldBe((float)lane.Min());
        Last(x, axis, inner, default(ReduceL1F32)).ShouldBe((float)lane.Sum(), 1e-4f);
        Last(x, axis, inner, default(ReduceL2F32)).ShouldBe((float)Math.Sqrt(lane.Sum(v => v * v)), 1e-4f);
        Last(x, axis, inner, default(ReduceSumSquareF32)).ShouldBe((float)lane.Sum(v => v * v), 1e-3f);
        Last(x, axis, inner, default(ReduceLogSumF32)).ShouldBe((float)Math.Log(lane.Sum()), 1e-5f);
        var product = lane.Aggregate(1.0, (p, v) => p * v);
        Last(x, axis, inner, default(ReduceProdF32)).ShouldBe((float)product, (float)Math.Abs(product) * 1e-5f);

        var y = new float[inner];
        ReduceLogSumExpF32.Run(x, y, 1, axis, inner);
        y[^1].ShouldBe((float)Math.Log(lane.Sum(Math.Exp)), 1e-5f);
    }

    [Fact]
    public void A_sum_of_negative_zeros_and_the_log_of_infinite_sums_are_defined()
    {
        Last([-0f, -0f, -0f], 3, 1, default(ReduceSumF32)).ShouldBe(0f);
        var y = new float[1];
        ReduceLogSumExpF32.Run([float.NegativeInfinity, float.NegativeInfinity], y, 1, 2, 1);
        y[0].ShouldBe(float.NegativeInfinity);
        ReduceLogSumExpF32.Run([float.PositiveInfinity, 1f], y, 1, 2, 1);
        y[0].ShouldBe(float.PositiveInfinity);
    }

    [Fact]
    public void Integers_reduce_with_any_operation()
    {
        var y = new long[2];
        Reduce.Run([1L, 2, 3, 4, 5, 6], y, 1, 3, 2, 0L, default(Add<long>));
        y.ShouldBe([9, 12]);
        Reduce.Run([1L, 2, 3, -4, 5, 6], y, 2, 3, 1, long.MinValue, default(Max<long>));
        y.ShouldBe([3, 6]);
    }

    private static void Same<TReduction>(TReduction reduction)
        where TReduction : struct, IReductionF32
    {
        foreach (var (outer, axis, inner) in Shapes)
        {
            foreach (var values in new[] { FloatSamples.Wild(outer * axis * inner, axis), FloatSamples.Tame(outer * axis * inner, axis) })
            {
                var expected = new float[outer * inner];
                ReduceF32.Reference(values, expected, outer, axis, inner, reduction);
                foreach (var isa in IsaLevels.Supported)
                {
                    var context = $"{reduction} of [{outer}, {axis}, {inner}] on {isa}";
                    var x = new Guarded<float>(values);
                    var y = new Guarded<float>(expected.Length);
                    ReduceF32.RunOn(isa, x.Span, y.Span, outer, axis, inner, reduction);
                    Bits.ShouldEqual<float>(y.Span, expected, context);
                    y.AssertIntact(context);
                }
            }
        }
    }

    private static float Last<TReduction>(float[] x, int axis, int inner, TReduction reduction)
        where TReduction : struct, IReductionF32
    {
        var y = new float[inner];
        ReduceF32.Run(x, y, 1, axis, inner, reduction);
        return y[^1];
    }
}
