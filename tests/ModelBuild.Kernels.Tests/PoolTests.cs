using System;
using System.Linq;
using System.Numerics;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class PoolTests
{
    private static readonly int[] ChannelCounts = [1, 3, 4, 7, 8, 13, 16, 20, 33, 64, 70];

    private static readonly PoolShape[] Shapes =
    [
        Shape(8, 6, 2, 2, 2, 2, 1, 0, 0),
        Shape(7, 7, 3, 3, 2, 2, 1, 1, 1),
        Shape(5, 9, 3, 2, 1, 3, 1, 1, 0),
        Shape(9, 8, 2, 3, 1, 1, 3, 2, 2),
        Shape(4, 4, 4, 4, 1, 1, 1, 0, 0),
        Shape(1, 6, 1, 3, 1, 2, 1, 0, 1),

        // What ceil_mode makes: the last window of either axis lies partly, and here wholly, beyond the padding.
        new(4, 4, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 4, 4),
    ];

    [Fact]
    public void The_maximum_of_floats_is_the_same_bits_on_every_instruction_set() => Same((length, seed) => FloatSamples.Wild(length, seed));

    [Fact]
    public void The_maximum_of_numbers_has_the_right_sign_if_it_is_zero()
    {
        float[] numbers = [-0f, 0f, -0f, -float.Epsilon, -0f, -1f, float.NegativeInfinity];
        Same((length, seed) => FloatSamples.Tame(length, seed).Select(v => numbers[Math.Abs(BitConverter.SingleToInt32Bits(v)) % numbers.Length]).ToArray());
        Same((length, seed) => FloatSamples.Wild(length, seed).Select(v => float.IsNaN(v) ? -0f : v).ToArray());
    }

    [Fact]
    public void The_maximum_of_bytes_is_the_same_on_every_instruction_set()
    {
        Same((length, seed) => FloatSamples.Tame(length, seed).Select(v => (byte)(128 + (v * 30))).ToArray());
        Same((length, seed) => FloatSamples.Tame(length, seed).Select(v => (sbyte)(v * 30)).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_average_is_the_same_bits_on_every_instruction_set(bool countIncludePad)
    {
        foreach (var shape in Shapes.SelectMany(s => ChannelCounts.Select(c => s with { Channels = c })))
        {
            var x = new Guarded<float>(FloatSamples.Wild(2 * shape.InputHeight * shape.InputWidth * shape.Channels, 1));
            var expected = new float[2 * shape.OutputHeight * shape.OutputWidth * shape.Channels];
            AveragePoolF32.Reference(x.Span, expected, 2, countIncludePad, in shape);
            foreach (var isa in IsaLevels.Supported)
            {
                var y = new Guarded<float>(expected.Length);
                AveragePoolF32.RunOn(isa, x.Span, y.Span, 2, countIncludePad, in shape);
                Bits.ShouldEqual<float>(y.Span, expected, $"{shape} on {isa}");
                y.AssertIntact();
            }
        }
    }

    [Fact]
    public void Padding_counts_for_the_average_only_when_asked()
    {
        var shape = new PoolShape(2, 2, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2);
        var y = new float[4];
        AveragePoolF32.Run([4f, 8f, 12f, 16f], y, 1, true, in shape);
        y.ShouldBe([1f, 2f, 3f, 4f]);
        AveragePoolF32.Run([4f, 8f, 12f, 16f], y, 1, false, in shape);
        y.ShouldBe([4f, 8f, 12f, 16f]);
    }

    [Fact]
    public void Padding_never_is_the_maximum()
    {
        var y = new float[4];
        MaxPool.Run<float>([-4f, -8f, -12f, float.NaN], y, 1, new PoolShape(2, 2, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2));
        y.ShouldBe([-4f, -8f, -12f, float.NaN]);
    }

    private static void Same<T>(Func<int, int, T[]> samples)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        foreach (var shape in Shapes.SelectMany(s => ChannelCounts.Select(c => s with { Channels = c })))
        {
            var x = new Guarded<T>(samples(2 * shape.InputHeight * shape.InputWidth * shape.Channels, 1));
            var expected = new T[2 * shape.OutputHeight * shape.OutputWidth * shape.Channels];
            MaxPool.Reference<T>(x.Span, expected, 2, in shape);
            foreach (var isa in IsaLevels.Supported)
            {
                var y = new Guarded<T>(expected.Length);
                MaxPool.RunOn<T>(isa, x.Span, y.Span, 2, in shape);
                Bits.ShouldEqual<T>(y.Span, expected, $"{shape} on {isa}");
                y.AssertIntact();
            }
        }
    }

    private static PoolShape Shape(int height, int width, int kernelHeight, int kernelWidth, int strideY, int strideX, int dilation, int padY, int padX) => new(
        height, width, 1, kernelHeight, kernelWidth, strideY, strideX, dilation, dilation, padY, padX, padY, padX,
        ((height + (2 * padY) - ((kernelHeight - 1) * dilation) - 1) / strideY) + 1,
        ((width + (2 * padX) - ((kernelWidth - 1) * dilation) - 1) / strideX) + 1);
}
