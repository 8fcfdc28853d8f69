using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class SoftmaxF32Tests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 3, 5, 1 }, { 2, 16, 1 }, { 2, 17, 1 }, { 1, 1000, 1 }, { 2, 7, 2 }, { 1, 10, 15 }, { 1, 4, 16 }, { 2, 3, 37 },
        { 16, 1, 1 }, { 33, 2, 1 }, { 40, 3, 1 }, { 16, 10, 1 }, { 35, 15, 1 }, { 35, 16, 1 }, { 70, 17, 1 }, { 131, 31, 1 }, { 9, 32, 1 }, { 100, 49, 1 }, { 3, 1000, 1 }, { 2, 4100, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_instruction_set_gives_the_same_bits_in_place_too(int outer, int axis, int inner)
    {
        var length = outer * axis * inner;
        foreach (var values in new[] { FloatSamples.Tame(length, 1), FloatSamples.Wild(length, 2), FloatSamples.Wild(length, 3, oneIn: 200), Masked(outer, axis * inner) })
        {
            var softmax = new float[values.Length];
            var logarithm = new float[values.Length];
            SoftmaxF32.Reference(values, softmax, outer, axis, inner);
            LogSoftmaxF32.Reference(values, logarithm, outer, axis, inner);
            foreach (var isa in IsaLevels.Supported)
            {
                var x = new Guarded<float>(values);
                var y = new Guarded<float>(values.Length);
                SoftmaxF32.RunOn(isa, x.Span, y.Span, outer, axis, inner);
                Bits.ShouldEqual<float>(y.Span, softmax, $"Softmax on {isa}");
                SoftmaxF32.RunOn(isa, x.Span, x.Span, outer, axis, inner);
                Bits.ShouldEqual<float>(x.Span, softmax, $"Softmax in place on {isa}");
                x.AssertIntact();
                y.AssertIntact();

                x = new Guarded<float>(values);
                LogSoftmaxF32.RunOn(isa, x.Span, y.Span, outer, axis, inner);
                Bits.ShouldEqual<float>(y.Span, logarithm, $"LogSoftmax on {isa}");
                LogSoftmaxF32.RunOn(isa, x.Span, x.Span, outer, axis, inner);
                Bits.ShouldEqual<float>(x.Span, logarithm, $"LogSoftmax in place on {isa}");
                x.AssertIntact();
                y.AssertIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Probabilities_agree_with_double_precision(int outer, int axis, int inner)
    {
        var x = FloatSamples.Tame(outer * axis * inner, 3);
        var y = new float[x.Length];
        var z = new float[x.Length];
        SoftmaxF32.Run(x, y, outer, axis, inner);
        LogSoftmaxF32.Run(x, z, outer, axis, inner);
        for (var i = 0; i < x.Length; i++)
        {
            var start = (i / (axis * inner) * axis * inner) + (i % inner);
            var truth = Math.Exp(x[i]) / Enumerable.Range(0, axis).Sum(a => Math.Exp(x[start + (a * inner)]));
            y[i].ShouldBe((float)truth, (float)truth * 1e-6f);
            z[i].ShouldBe((float)Math.Log(truth), 2e-6f);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(21)]
    public void A_row_without_a_result_leaves_its_neighbours_alone(int axis)
    {
        foreach (var spoiled in new[] { float.NaN, float.NegativeInfinity, float.PositiveInfinity })
        {
            var x = FloatSamples.Tame(40 * axis, 1);
            var expected = new float[x.Length];
            SoftmaxF32.Run(x, expected, 40, axis, 1);
            x.AsSpan(20 * axis, axis).Fill(spoiled);
            expected.AsSpan(20 * axis, axis).Fill(float.NaN);
            foreach (var isa in IsaLevels.Supported)
            {
                var y = new float[x.Length];
                SoftmaxF32.RunOn(isa, x, y, 40, axis, 1);
                Bits.ShouldEqual<float>(y, expected, $"Softmax around a row of {spoiled} on {isa}");
                LogSoftmaxF32.RunOn(isa, x, y, 40, axis, 1);
                for (var i = 0; i < y.Length; i++)
                {
                    float.IsNaN(y[i]).ShouldBe(i / axis == 20, $"LogSoftmax around a row of {spoiled} on {isa}, {i}");
                }
            }
        }
    }

    // Attention that leaves out some values: exponentials that are 0, denormal and next to them.
    private static float[] Masked(int rows, int length)
    {
        float[] masks = [float.NegativeInfinity, float.MinValue, -1e4f, -100f, -104f, -88f];
        var values = FloatSamples.Tame(rows * length, 4);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += i % 3 == 0 ? masks[i / 3 % masks.Length] : 0f;
        }

        return values;
    }

    [Fact]
    public void Large_inputs_do_not_overflow_and_masked_ones_vanish()
    {
        var y = new float[3];
        SoftmaxF32.Run([1e30f, 1e30f, float.NegativeInfinity], y, 1, 3, 1);
        y.ShouldBe([0.5f, 0.5f, 0f]);
    }
}
