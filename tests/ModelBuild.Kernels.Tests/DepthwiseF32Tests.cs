using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DepthwiseF32Tests
{
    private const float None = float.PositiveInfinity;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Fact]
    public void The_reference_skips_what_lies_outside_the_input()
    {
        // A 2x3 image of one channel under a 3x3 filter of ones, padded by one: each output is the sum of its neighbours.
        var shape = Shape(2, 3, 1, 3, 3, 1, 1, pad: 1);
        var y = new float[6];
        DepthwiseF32.Reference([1, 2, 3, 4, 5, 6], Packed([1, 1, 1, 1, 1, 1, 1, 1, 1], shape), [100], y, 1, shape, 0, 116);
        y.ShouldBe([112, 116, 116, 112, 116, 116]);
        DepthwiseF32.Reference([1, 2, 3, 4, 5, 6], Packed([0, 0, 0, 0, 0, 1, 0, 0, 0], shape), [0], y, 1, shape, -None, None);
        y.ShouldBe([2, 3, 0, 5, 6, 0]);
    }

    [Fact]
    public void Packing_moves_blocks_of_sixteen_channels_last()
    {
        var shape = Shape(2, 2, 17, 1, 2, 1, 1, pad: 1);
        var weights = Enumerable.Range(0, 17).SelectMany(channel => new[] { channel + 0.25f, channel + 0.5f }).ToArray();
        var packed = new float[DepthwiseF32.PackedLength(shape)];
        DepthwiseF32.Pack(weights, shape, packed);
        var channels = Enumerable.Range(0, 16).ToArray();
        float[] first = [.. channels.Select(channel => channel + 0.25f), .. channels.Select(channel => channel + 0.5f)];
        packed.ShouldBe([.. first, 16.25f, .. new float[15], 16.5f, .. new float[15]]);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_number_of_channels_equals_the_reference(int level)
    {
        for (var channels = 1; channels <= 70; channels++)
        {
            Check((IsaLevel)level, 1, Shape(4, 9, channels, 3, 3, 1, 1, pad: 1), channels);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_width_equals_the_reference(int level)
    {
        for (var width = 1; width <= 33; width++)
        {
            Check((IsaLevel)level, 2, Shape(3, width, 19, 3, 3, 1, 1, pad: 1), width);
            Check((IsaLevel)level, 2, Shape(5, width, 19, 3, 3, 2, 1, pad: 1), width);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Any_filter_stride_dilation_and_padding_equals_the_reference(int level)
    {
        foreach (var kernelHeight in new[] { 1, 2, 5 })
        {
            foreach (var kernelWidth in new[] { 1, 3, 4, 7 })
            {
                foreach (var (stride, dilation, pad) in new[] { (1, 1, 0), (1, 1, 3), (2, 1, 2), (3, 1, 1), (1, 2, 4), (2, 3, 5) })
                {
                    Check((IsaLevel)level, 1, Shape(16, 24, 21, kernelHeight, kernelWidth, stride, dilation, pad), kernelHeight + (10 * kernelWidth));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void No_images_rows_or_columns_are_no_work(int level)
    {
        var shape = Shape(4, 9, 20, 3, 3, 1, 1, pad: 1);
        Check((IsaLevel)level, 0, shape, 1);
        Check((IsaLevel)level, 1, shape with { OutputHeight = 0 }, 1);
        Check((IsaLevel)level, 1, shape with { OutputWidth = 0 }, 1);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Images_of_many_bands_equal_the_reference(int level)
    {
        Check((IsaLevel)level, 1, Shape(40, 60, 70, 3, 3, 1, 1, pad: 1), 1);
        Check((IsaLevel)level, 1, Shape(40, 60, 70, 5, 5, 2, 1, pad: 2), 1);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Filters_of_three_and_five_columns_equal_the_reference_at_any_edge(int level)
    {
        foreach (var kernelWidth in new[] { 3, 5 })
        {
            foreach (var (pad, stride, dilation) in new[] { (0, 1, 1), (1, 1, 1), (2, 1, 1), (4, 1, 1), (0, 2, 1), (1, 2, 1), (2, 2, 1), (3, 2, 1), (1, 3, 1), (1, 4, 1), (1, 1, 2) })
            {
                for (var width = 1; width <= 21; width++)
                {
                    var shape = Shape(6, width, 17, 2, kernelWidth, stride, dilation, pad);
                    if (shape.OutputWidth > 0)
                    {
                        Check((IsaLevel)level, 1, shape, width);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Wide_filters_equal_the_reference(int level)
    {
        foreach (var (width, kernelWidth, stride, dilation, pad) in new[] { (40, 7, 1, 1, 3), (23, 7, 2, 1, 3), (90, 31, 1, 1, 15), (70, 65, 1, 1, 32), (30, 9, 1, 5, 20), (3, 41, 1, 1, 20), (50, 4, 17, 3, 6) })
        {
            Check((IsaLevel)level, 1, Shape(1, width, 53, 1, kernelWidth, stride, dilation, pad), kernelWidth);
            Check((IsaLevel)level, 1, Shape(width, 5, 40, kernelWidth, 3, stride, dilation, pad), kernelWidth);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_as_in_the_reference(int level) =>
        Check((IsaLevel)level, 2, Shape(6, 14, 31, 3, 3, 1, 1, pad: 1), 1, extreme: true);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_wide_filters_as_in_the_reference(int level) =>
        Check((IsaLevel)level, 2, Shape(6, 14, 39, 5, 7, 1, 1, pad: 3), 1, extreme: true);

    private static float[] Packed(float[] weights, DepthwiseShape shape)
    {
        var packed = new float[DepthwiseF32.PackedLength(shape)];
        DepthwiseF32.Pack(weights, shape, packed);
        return packed;
    }

    private static DepthwiseShape Shape(int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, int pad)
    {
        var outputHeight = ((height + (2 * pad) - 1 - ((kernelHeight - 1) * dilation)) / stride) + 1;
        var outputWidth = ((width + (2 * pad) - 1 - ((kernelWidth - 1) * dilation)) / stride) + 1;
        return new DepthwiseShape(
            height, width, channels, kernelHeight, kernelWidth, stride, stride, dilation, dilation, pad, pad, outputHeight, outputWidth);
    }

    private static void Check(IsaLevel level, int batch, DepthwiseShape shape, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 31) : FloatSamples.Tame(length, seed + salt);
        var taps = shape.KernelHeight * shape.KernelWidth;
        var weights = new Guarded<float>(DepthwiseF32.PackedLength(shape));
        DepthwiseF32.Pack(Data(shape.Channels * taps, 100), shape, weights.Span);
        var bias = new Guarded<float>(Data(shape.Channels, 200));
        var x = new Guarded<float>(Data(batch * shape.InputHeight * shape.InputWidth * shape.Channels, 300));
        var outputLength = batch * shape.OutputHeight * shape.OutputWidth * shape.Channels;
        foreach (var (min, max) in new[] { (-None, None), (0f, 0.5f) })
        {
            var expected = new float[outputLength];
            var y = new Guarded<float>(outputLength);
            var context = $"{level} batch {batch} {shape} {min}..{max}";
            DepthwiseF32.Reference(x.Span, weights.Span, bias.Span, expected, batch, shape, min, max);
            DepthwiseF32.RunOn(level, x.Span, weights.Span, bias.Span, y.Span, batch, shape, min, max);
            Bits.ShouldEqual<float>(y.Span, expected, context);
            y.AssertIntact(context);
        }
    }
}
