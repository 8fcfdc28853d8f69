using System;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class ConvF32Tests
{
    private const float None = float.PositiveInfinity;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Fact]
    public void The_reference_reads_weights_in_the_order_of_onnx()
    {
        // One 3x3 image of two channels, one 2x2 filter per output channel. Filter 0 picks channel 1 below the pixel, filter 1 sums all of channel 0.
        float[] weights = [0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0];
        var shape = Shape(3, 3, 2, 2, 2, outputs: 2);
        var (packed, bias) = Pack(weights, [100, 0], shape);
        float[] x = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60, 7, 70, 8, 80, 9, 90];
        var y = new float[8];
        ConvF32.Reference(x, packed, bias, y, 1, shape, -None, None);
        y.ShouldBe([140, 12, 150, 16, 170, 24, 180, 28]);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pointwise_convolutions_equal_the_reference(int level)
    {
        for (var channels = 1; channels <= 70; channels += 3)
        {
            Check((IsaLevel)level, 2, Shape(3, 1 + (channels % 33), channels, 1, 1, outputs: 71 - channels), channels);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_width_equals_the_reference(int level)
    {
        for (var width = 1; width <= 33; width++)
        {
            Check((IsaLevel)level, 1, Shape(4, width + 2, 3, 3, 3, outputs: 19 + width), width);
            Check((IsaLevel)level, 2, Shape(5, (2 * width) + 1, 2, 3, 3, outputs: width, stride: 2), width);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Strides_dilations_and_odd_filters_equal_the_reference(int level)
    {
        foreach (var kernelHeight in new[] { 1, 2, 5 })
        {
            foreach (var kernelWidth in new[] { 1, 3, 7 })
            {
                foreach (var (stride, dilationY, dilationX) in new[] { (1, 1, 1), (2, 1, 1), (3, 2, 1), (1, 1, 2), (2, 3, 2) })
                {
                    Check(
                        (IsaLevel)level, 2, Shape(17, 21, 5, kernelHeight, kernelWidth, 37, stride, dilationY, dilationX), kernelHeight + (10 * kernelWidth));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Groups_equal_the_reference(int level)
    {
        foreach (var (groups, inputs, outputs) in new[] { (2, 6, 10), (3, 3, 3), (4, 4, 12), (2, 66, 70), (5, 5, 85), (8, 32, 16) })
        {
            Check((IsaLevel)level, 2, Shape(6, 9, inputs, 3, 3, outputs, groups: groups), groups);
            Check((IsaLevel)level, 2, Shape(6, 9, inputs, 1, 1, outputs, groups: groups), groups);
            Check((IsaLevel)level, 1, Shape(9, 9, inputs, 3, 3, outputs, 2, 1, 2, groups), groups);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Images_of_many_cache_blocks_equal_the_reference(int level)
    {
        Check((IsaLevel)level, 1, Shape(22, 40, 60, 3, 3, 40), 1);
        Check((IsaLevel)level, 1, Shape(40, 40, 90, 1, 1, 20), 1);
    }

    [Fact]
    public void A_convolution_into_a_concatenation_is_one_that_is_copied_there()
    {
        var shape = Shape(8, 7, 3, 3, 3, outputs: 5);
        var (weights, bias) = Pack(FloatSamples.Tame(5 * 27, 1), FloatSamples.Tame(5, 2), shape);
        var x = FloatSamples.Tame(2 * 8 * 7 * 3, 3);
        var (y, whole, expected) = (new float[2 * 6 * 5 * 5], new float[2 * 6 * 5 * 9], new float[2 * 6 * 5 * 9]);
        ConvF32.Reference(x, weights, bias, y, 2, shape, 0, 40);
        ConcatPart.Run<float>(y, expected, 2 * 6 * 5, 5, 9, 4);
        ConvF32.ReferenceInto(x, weights, bias, whole, 2, shape, 0, 40, 9, 4);
        Bits.ShouldEqual<float>(whole, expected, "concatenation");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pooled_convolutions_equal_the_reference(int level)
    {
        for (var width = 2; width <= 34; width += 2)
        {
            CheckPooled((IsaLevel)level, 1, Shape(6, width + 4, 1, 5, 5, outputs: 16), width);
            CheckPooled((IsaLevel)level, 2, Shape(6, width + 2, 3, 3, 3, outputs: width + 15), width);
            CheckPooled((IsaLevel)level, 1, Shape(4, width, 2, 1, 1, outputs: width), width);
        }

        CheckPooled((IsaLevel)level, 1, Shape(38, 42, 70, 3, 3, 40), 1);
        CheckPooled((IsaLevel)level, 1, Shape(10, 16, 1, 3, 3, 45), 1, extreme: true);
    }

    [Fact]
    public void A_pooled_convolution_is_a_convolution_that_is_pooled()
    {
        var shape = Shape(12, 10, 3, 3, 3, outputs: 20);
        var (weights, bias) = Pack(FloatSamples.Tame(20 * 27, 1), FloatSamples.Tame(20, 2), shape);
        var x = FloatSamples.Tame(12 * 10 * 3, 3);
        var (all, pooled, expected) = (new float[10 * 8 * 20], new float[5 * 4 * 20], new float[5 * 4 * 20]);
        ConvF32.Reference(x, weights, bias, all, 1, shape, 0.5f, 40);
        MaxPool.Reference<float>(all, expected, 1, new PoolShape(10, 8, 20, 2, 2, 2, 2, 1, 1, 0, 0, 0, 0, 5, 4));
        ConvF32.ReferencePooled(x, weights, bias, pooled, 1, shape, 0.5f, 40);
        Bits.ShouldEqual<float>(pooled, expected, "pooled");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_as_in_the_reference(int level)
    {
        Check((IsaLevel)level, 1, Shape(7, 16, 1, 2, 2, 45), 1, extreme: true);
        Check((IsaLevel)level, 2, Shape(7, 16, 2, 1, 1, 16), 1, extreme: true);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void An_input_that_is_too_small_for_the_filter_is_refused(int level)
    {
        if ((IsaLevel)level == IsaLevel.Plain)
        {
            return;
        }

        var shape = Shape(5, 5, 1, 3, 3, 1) with { OutputWidth = 4 };
        var (weights, bias) = Pack(new float[9], [0], shape);
        Should.Throw<ArgumentOutOfRangeException>(() => ConvF32.RunOn((IsaLevel)level, new float[25], weights, bias, new float[12], 1, shape, 0, 1));
    }

    private static ConvShape Shape(
        int height, int width, int inputs, int kernelHeight, int kernelWidth, int outputs, int stride = 1, int dilationY = 1, int dilationX = 1, int groups = 1)
    {
        var outputHeight = ((height - 1 - ((kernelHeight - 1) * dilationY)) / stride) + 1;
        var outputWidth = ((width - 1 - ((kernelWidth - 1) * dilationX)) / stride) + 1;
        return new ConvShape(
            height, width, inputs, kernelHeight, kernelWidth, stride, stride, dilationY, dilationX, outputHeight, outputWidth, outputs, groups);
    }

    private static void Check(IsaLevel level, int batch, ConvShape shape, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 17) : FloatSamples.Tame(length, seed + salt);
        var weightCount = shape.OutputChannels * (shape.InputChannels / shape.Groups) * shape.KernelHeight * shape.KernelWidth;
        var (weights, bias) = Pack(Data(weightCount, 100), Data(shape.OutputChannels, 200), shape);
        var outputLength = batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;
        var x = new Guarded<float>(Data(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 300));
        var residual = new Guarded<float>(Data(outputLength, 400));
        var expected = new float[outputLength];
        var context = $"{level} batch {batch} {shape}";

        var y = new Guarded<float>(outputLength);
        ConvF32.Reference(x.Span, weights, bias, expected, batch, shape, -None, None);
        ConvF32.RunOn(level, x.Span, weights, bias, y.Span, batch, shape, -None, None);
        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);

        y = new Guarded<float>(outputLength);
        ConvF32.ReferenceResidual(x.Span, weights, bias, residual.Span, expected, batch, shape, -0.5f, 1.5f);
        ConvF32.RunResidualOn(level, x.Span, weights, bias, residual.Span, y.Span, batch, shape, -0.5f, 1.5f);
        Bits.ShouldEqual<float>(y.Span, expected, context + " with residual");
        y.AssertIntact(context + " with residual");
        residual.Span.CopyTo(y.Span);
        ConvF32.RunResidualOn(level, x.Span, weights, bias, y.Span, y.Span, batch, shape, -0.5f, 1.5f);
        Bits.ShouldEqual<float>(y.Span, expected, context + " with itself as residual");

        // What lies between the parts of a concatenation stays as it is.
        var (stride, offset) = (shape.OutputChannels + 7, 3);
        y = new Guarded<float>(FloatSamples.Tame(outputLength / shape.OutputChannels * stride, seed + 500));
        expected = y.Span.ToArray();
        ConvF32.ReferenceInto(x.Span, weights, bias, expected, batch, shape, -0.5f, 1.5f, stride, offset);
        ConvF32.RunIntoOn(level, x.Span, weights, bias, y.Span, batch, shape, -0.5f, 1.5f, stride, offset);
        Bits.ShouldEqual<float>(y.Span, expected, context + " into a concatenation");
        y.AssertIntact(context + " into a concatenation");
    }

    private static void CheckPooled(IsaLevel level, int batch, ConvShape shape, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 17) : FloatSamples.Tame(length, seed + salt);
        var (weights, bias) = Pack(Data(shape.OutputChannels * shape.InputChannels * shape.KernelHeight * shape.KernelWidth, 100), Data(shape.OutputChannels, 200), shape);
        var outputLength = batch * shape.OutputHeight * shape.OutputWidth / 4 * shape.OutputChannels;
        var x = new Guarded<float>(Data(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 300));
        var expected = new float[outputLength];
        foreach (var (min, max) in new[] { (-None, None), (-0.5f, 1.5f) })
        {
            var y = new Guarded<float>(outputLength);
            ConvF32.ReferencePooled(x.Span, weights, bias, expected, batch, shape, min, max);
            ConvF32.RunPooledOn(level, x.Span, weights, bias, y.Span, batch, shape, min, max);
            Bits.ShouldEqual<float>(y.Span, expected, $"{level} batch {batch} {shape}");
            y.AssertIntact($"{level} batch {batch} {shape}");
        }
    }

    private static (float[] Weights, float[] Bias) Pack(float[] weights, float[] bias, ConvShape shape)
    {
        var packed = FloatSamples.Wild(ConvF32.PackedLength(shape), 5, 1);
        var packedBias = FloatSamples.Wild(ConvF32.PackedBiasLength(shape), 6, 1);
        ConvF32.Pack(weights, shape, packed);
        ConvF32.PackBias(bias, shape, packedBias);
        return (packed, packedBias);
    }
}
