using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public class ScaleWeightsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 16, 1)]
    [InlineData(5, 33, 1)]
    [InlineData(2, 90, 3)]
    public void Packed_integers_become_the_packed_floats(int depth, int columns, int groups)
    {
        var random = new Random(depth + columns);
        sbyte[] values = [.. Enumerable.Range(0, groups * depth * columns).Select(_ => (sbyte)random.Next(-128, 128))];
        float[] scales = [.. Enumerable.Range(0, groups * columns).Select(_ => (float)random.NextDouble())];
        ConvShape shape = new(0, 0, groups * depth, 1, 1, 1, 1, 1, 1, 0, 0, groups * columns, groups);

        float[] packed = new float[ConvF32.PackedLength(shape)], packedScales = new float[ConvF32.PackedBiasLength(shape)], expected = new float[packed.Length], y = new float[packed.Length];
        ConvF32.Pack([.. values.Select(value => (float)value)], shape, packed);
        ConvF32.Pack([.. values.Select((value, i) => value * scales[i / depth])], shape, expected);
        ConvF32.PackBias(scales, shape, packedScales);
        ScaleWeights.Panels([.. packed.Select(value => (sbyte)value)], packedScales, y, depth, groups);

        y.ShouldBe(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(39)]
    public void Each_row_has_a_value_for_each_scale(int outputs)
    {
        sbyte[] values = [.. Enumerable.Range(0, 3 * outputs).Select(i => (sbyte)((i * 37) - 128))];
        float[] scales = [.. Enumerable.Range(0, outputs).Select(i => 0.1f + i)], y = new float[values.Length];
        ScaleWeights.Rows(values, scales, y);

        y.ShouldBe(values.Select((value, i) => value * scales[i % outputs]));
    }
}
