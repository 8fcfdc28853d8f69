using System;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class ConvWinogradF32Tests
{
    private const float None = float.PositiveInfinity;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [InlineData(3, 4e-6)]
    [InlineData(5, 4e-6)]
    public void The_reference_is_a_convolution(int kernel, double tolerance)
    {
        var shape = Shape(11, 9, 24, kernel, 18);
        var weights = FloatSamples.Tame(shape.OutputChannels * shape.InputChannels * kernel * kernel, 1);
        var bias = FloatSamples.Tame(32, 2);
        var x = FloatSamples.Tame(shape.InputHeight * shape.InputWidth * shape.InputChannels, 3);
        var y = new float[shape.OutputHeight * shape.OutputWidth * shape.OutputChannels];

        ConvWinogradF32.Reference(x, Transform(IsaLevel.Plain, weights, shape), bias, y, 1, shape, -None, None);

        for (var i = 0; i < y.Length; i++)
        {
            var (sum, magnitude) = Sum(x, weights, bias, shape, i);
            ((double)y[i]).ShouldBe(sum, tolerance * magnitude);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Weights_are_transformed_as_in_plain_code(int level)
    {
        foreach (var (kernel, inputs, outputs) in new[] { (3, 1, 1), (3, 5, 17), (3, 16, 32), (3, 7, 49), (5, 3, 33), (5, 16, 16) })
        {
            var shape = Shape(6, 6, inputs, kernel, outputs);
            var weights = FloatSamples.Wild(outputs * inputs * kernel * kernel, outputs);
            Bits.ShouldEqual<float>(Transform((IsaLevel)level, weights, shape), Transform(IsaLevel.Plain, weights, shape), $"{level} {shape}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_size_of_image_equals_the_reference(int level)
    {
        for (var size = 1; size <= 14; size++)
        {
            Check((IsaLevel)level, 2, Shape(size, 15 - size, 16, 3, 16, blockTiles: size), size);
            Check((IsaLevel)level, 1, Shape(15 - size, size, 4, 5, 32, blockTiles: 3), size);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_number_of_channels_equals_the_reference(int level)
    {
        for (var channels = 1; channels <= 50; channels += channels < 20 ? 1 : 7)
        {
            Check((IsaLevel)level, 1, Shape(9, 10, channels, 3, 51 - channels), channels);
            Check((IsaLevel)level, 1, Shape(5, 6, 51 - channels, 5, channels), channels);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Any_padding_equals_the_reference(int level)
    {
        foreach (var (top, left, height, width) in new[] { (0, 0, 6, 7), (1, 2, 8, 6), (2, 2, 10, 12), (2, 1, 10, 9), (0, 2, 8, 10), (7, 9, 20, 24), (1, 1, 1, 1) })
        {
            Check((IsaLevel)level, 2, Shape(8, 9, 8, 3, 16) with { PadTop = top, PadLeft = left, OutputHeight = height, OutputWidth = width }, top);
            Check((IsaLevel)level, 1, Shape(8, 9, 8, 5, 16) with { PadTop = top, PadLeft = left, OutputHeight = height, OutputWidth = width }, top);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_as_in_the_reference(int level)
    {
        Check((IsaLevel)level, 1, Shape(7, 16, 2, 3, 45), 1, extreme: true);
        Check((IsaLevel)level, 2, Shape(9, 8, 17, 5, 16), 1, extreme: true);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Scratch_memory_that_is_too_small_is_refused(int level)
    {
        if ((IsaLevel)level == IsaLevel.Plain)
        {
            return;
        }

        var shape = Shape(4, 4, 1, 3, 1);
        var weights = Transform(IsaLevel.Plain, new float[9], shape);
        Should.Throw<ArgumentOutOfRangeException>(() =>
            ConvWinogradF32.RunOn((IsaLevel)level, new float[16], weights, new float[16], new float[16], new float[ConvWinogradF32.ScratchLength(shape) - 1], 1, shape, 0, 1));
    }

    private static WinogradShape Shape(int height, int width, int inputs, int kernel, int outputs, int blockTiles = 5) =>
        new(height, width, inputs, kernel, kernel / 2, kernel / 2, height, width, outputs, blockTiles);

    private static void Check(IsaLevel level, int batch, WinogradShape shape, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 17) : FloatSamples.Tame(length, seed + salt);
        var weights = Transform(IsaLevel.Plain, Data(shape.OutputChannels * shape.InputChannels * shape.Kernel * shape.Kernel, 100), shape);
        var bias = Data((shape.OutputChannels + 15) & -16, 200);
        var outputLength = batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;
        var x = new Guarded<float>(Data(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 300));
        var residual = new Guarded<float>(Data(outputLength, 400));
        var scratch = new Guarded<float>(ConvWinogradF32.ScratchLength(shape));
        var expected = new float[outputLength];
        var context = $"{level} batch {batch} {shape}";

        var y = new Guarded<float>(outputLength);
        ConvWinogradF32.Reference(x.Span, weights, bias, expected, batch, shape, -None, None);
        ConvWinogradF32.RunOn(level, x.Span, weights, bias, y.Span, scratch.Span, batch, shape, -None, None);
        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);
        scratch.AssertIntact(context);

        y = new Guarded<float>(outputLength);
        ConvWinogradF32.ReferenceResidual(x.Span, weights, bias, residual.Span, expected, batch, shape, -0.5f, 1.5f);
        ConvWinogradF32.RunResidualOn(level, x.Span, weights, bias, residual.Span, y.Span, scratch.Span, batch, shape, -0.5f, 1.5f);
        Bits.ShouldEqual<float>(y.Span, expected, context + " with residual");
        y.AssertIntact(context + " with residual");
        scratch.AssertIntact(context + " with residual");

        var (stride, offset) = (shape.OutputChannels + 7, 3);
        y = new Guarded<float>(FloatSamples.Tame(outputLength / shape.OutputChannels * stride, seed + 500));
        expected = y.Span.ToArray();
        ConvWinogradF32.ReferenceInto(x.Span, weights, bias, expected, batch, shape, -0.5f, 1.5f, stride, offset);
        ConvWinogradF32.RunIntoOn(level, x.Span, weights, bias, y.Span, scratch.Span, batch, shape, -0.5f, 1.5f, stride, offset);
        Bits.ShouldEqual<float>(y.Span, expected, context + " into a concatenation");
        y.AssertIntact(context + " into a concatenation");
        scratch.AssertIntact(context + " into a concatenation");

        if (ConvWinogradF32.CanPool(shape))
        {
            y = new Guarded<float>(outputLength / 4);
            ConvWinogradF32.ReferencePooled(x.Span, weights, bias, expected, batch, shape, -0.5f, 1.5f);
            ConvWinogradF32.RunPooledOn(level, x.Span, weights, bias, y.Span, scratch.Span, batch, shape, -0.5f, 1.5f);
            Bits.ShouldEqual<float>(y.Span, expected.AsSpan(0, outputLength / 4), context + " pooled");
            y.AssertIntact(context + " pooled");
            scratch.AssertIntact(context + " pooled");
        }
    }

    private static float[] Transform(IsaLevel level, float[] weights, WinogradShape shape)
    {
        var direct = Direct(shape);
        var packed = new float[ConvF32.PackedLength(direct)];
        ConvF32.Pack(weights, direct, packed);
        var transformed = new Guarded<float>(ConvWinogradF32.TransformedLength(shape.InputChannels, shape.OutputChannels));
        ConvWinogradF32.TransformWeightsOn(level, packed, transformed.Span, shape.InputChannels, shape.OutputChannels, shape.Kernel);
        transformed.AssertIntact();
        return transformed.Span.ToArray();
    }

    private static ConvShape Direct(WinogradShape shape) =>
        new(0, 0, shape.InputChannels, shape.Kernel, shape.Kernel, 1, 1, 1, 1, shape.OutputHeight, shape.OutputWidth, shape.OutputChannels, 1);

    // The sum in double precision, and the sum of the magnitudes of its terms.
    private static (double Sum, double Magnitude) Sum(float[] x, float[] weights, float[] bias, WinogradShape shape, int index)
    {
        var (pixel, o) = Math.DivRem(index, shape.OutputChannels);
        var (row, column) = Math.DivRem(pixel, shape.OutputWidth);
        double sum = bias[o], magnitude = Math.Abs(bias[o]);
        for (var c = 0; c < shape.InputChannels; c++)
        {
            for (var ky = 0; ky < shape.Kernel; ky++)
            {
                for (var kx = 0; kx < shape.Kernel; kx++)
                {
                    var (iy, ix) = (row + ky - shape.PadTop, column + kx - shape.PadLeft);
                    if (iy >= 0 && iy < shape.InputHeight && ix >= 0 && ix < shape.InputWidth)
                    {
                        var w = weights[((((o * shape.InputChannels) + c) * shape.Kernel) + ky) * shape.Kernel + kx];
                        var term = (double)w * x[(((iy * shape.InputWidth) + ix) * shape.InputChannels) + c];
                        sum += term;
                        magnitude += Math.Abs(term);
                    }
                }
            }
        }

        return (sum, magnitude);
    }
}
