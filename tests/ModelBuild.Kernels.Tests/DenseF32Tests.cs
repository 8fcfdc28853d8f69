using System;
using System.Collections.Generic;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DenseF32Tests
{
    private const float None = float.PositiveInfinity;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Fact]
    public void The_reference_is_the_product_written_out()
    {
        // x = [1 2; 3 4], w = [1 10 100; 2 20 200], bias = [0.5 0 -1000], bounds 0..300
        var shape = new DenseShape(2, 3);
        var (weights, bias) = Pack([1, 10, 100, 2, 20, 200], [0.5f, 0, -1000], shape);
        var y = new float[6];
        DenseF32.Reference([1, 2, 3, 4], weights, bias, y, 2, shape, 0, 300);
        y.ShouldBe([5.5f, 50, 0, 11.5f, 110, 100]);
        DenseF32.ReferenceResidual([1, 2, 3, 4], weights, bias, [1, 2, 3, 4, 5, 1000], y, 2, shape, 0, 300);
        y.ShouldBe([6.5f, 52, 0, 15.5f, 115, 300]);
    }

    [Fact]
    public void Padding_of_packed_weights_and_bias_is_zero()
    {
        var shape = new DenseShape(3, 33);
        DenseF32.PackedLength(shape).ShouldBe(3 * 48);
        DenseF32.PackedBiasLength(shape).ShouldBe(48);
        var (weights, bias) = Pack(FloatSamples.Tame(99, 1), FloatSamples.Tame(33, 2), shape);
        weights.AsSpan(96).ToArray().ShouldBe([weights[96], .. new float[15], weights[112], .. new float[15], weights[128], .. new float[15]]);
        bias.AsSpan(33).ToArray().ShouldAllBe(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_instruction_set_equals_the_reference_for_every_number_of_outputs(int level)
    {
        for (var outputs = 1; outputs <= 70; outputs++)
        {
            Check((IsaLevel)level, 1, new DenseShape(29, outputs), -None, None, outputs);
            Check((IsaLevel)level, 1 + (outputs % 17), new DenseShape(1 + (outputs * 5 % 23), outputs), -0.4f, 0.6f, outputs);
        }

        foreach (var outputs in new[] { 96, 112, 127, 128, 129, 160, 200, 256, 272 })
        {
            Check((IsaLevel)level, 1, new DenseShape(40, outputs), 0, None, outputs);
            Check((IsaLevel)level, 3, new DenseShape(40, outputs), 0, None, outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_instruction_set_equals_the_reference_for_every_number_of_rows(int level)
    {
        for (var rows = 0; rows <= 60; rows++)
        {
            Check((IsaLevel)level, rows, new DenseShape(13, 37), -None, None, rows);
            Check((IsaLevel)level, rows, new DenseShape(5, 16), 0, 6, rows);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Inputs_of_many_cache_blocks_equal_the_reference(int level) => Check((IsaLevel)level, 150, new DenseShape(700, 48), -None, None, 3);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_as_in_the_reference(int level)
    {
        foreach (var (min, max) in new[] { (-None, None), (0f, None), (-0f, 6f), (float.NaN, 1f) })
        {
            foreach (var rows in new[] { 1, 2, 15 })
            {
                Check((IsaLevel)level, rows, new DenseShape(3, 53), min, max, rows, extreme: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void The_output_may_be_the_residual(int level)
    {
        var shape = new DenseShape(20, 45);
        foreach (var rows in new[] { 1, 9 })
        {
            var (weights, bias) = Pack(FloatSamples.Tame(20 * 45, 1), FloatSamples.Tame(45, 2), shape);
            var x = FloatSamples.Tame(rows * 20, 3);
            var y = FloatSamples.Tame(rows * 45, 4);
            var expected = new float[y.Length];
            DenseF32.ReferenceResidual(x, weights, bias, y, expected, rows, shape, 0, None);
            DenseF32.RunResidualOn((IsaLevel)level, x, weights, bias, y, y, rows, shape, 0, None);
            Bits.ShouldEqual<float>(y, expected, $"{(IsaLevel)level} {rows} rows");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Spans_that_are_too_short_are_refused(int level)
    {
        if ((IsaLevel)level == IsaLevel.Plain)
        {
            return;
        }

        var shape = new DenseShape(4, 5);
        foreach (var shortened in new[] { 0, 1, 2, 3 })
        {
            var lengths = new List<int> { 8, DenseF32.PackedLength(shape), DenseF32.PackedBiasLength(shape), 10 };
            lengths[shortened]--;
            Should.Throw<ArgumentOutOfRangeException>(() => DenseF32.RunOn(
                (IsaLevel)level, new float[lengths[0]], new float[lengths[1]], new float[lengths[2]], new float[lengths[3]], 2, shape, 0, 1));
        }
    }

    private static void Check(IsaLevel level, int rows, DenseShape shape, float min, float max, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 7) : FloatSamples.Tame(length, seed + salt);
        var (weights, bias) = Pack(Data(shape.Inputs * shape.Outputs, 100), Data(shape.Outputs, 200), shape);
        var x = new Guarded<float>(Data(rows * shape.Inputs, 300));
        var residual = new Guarded<float>(Data(rows * shape.Outputs, 400));
        var context = $"{level} {rows} rows {shape} {min}..{max}";

        var y = new Guarded<float>(rows * shape.Outputs);
        var expected = new float[rows * shape.Outputs];
        DenseF32.Reference(x.Span, weights, bias, expected, rows, shape, min, max);
        DenseF32.RunOn(level, x.Span, weights, bias, y.Span, rows, shape, min, max);
        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);

        y = new Guarded<float>(rows * shape.Outputs);
        DenseF32.ReferenceResidual(x.Span, weights, bias, residual.Span, expected, rows, shape, min, max);
        DenseF32.RunResidualOn(level, x.Span, weights, bias, residual.Span, y.Span, rows, shape, min, max);
        Bits.ShouldEqual<float>(y.Span, expected, context + " with residual");
        y.AssertIntact(context + " with residual");
    }

    private static (float[] Weights, float[] Bias) Pack(float[] weights, float[] bias, DenseShape shape)
    {
        var packed = FloatSamples.Wild(DenseF32.PackedLength(shape), 5, 1);
        var packedBias = FloatSamples.Wild(DenseF32.PackedBiasLength(shape), 6, 1);
        DenseF32.Pack(weights, shape, packed);
        DenseF32.PackBias(bias, shape, packedBias);
        return (packed, packedBias);
    }
}
