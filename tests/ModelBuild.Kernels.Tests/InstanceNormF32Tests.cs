using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class InstanceNormF32Tests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 7, 3)]
    [InlineData(1, 64, 16)]
    [InlineData(2, 65, 37)]
    [InlineData(1, 200, 64)]
    [InlineData(1, 1000, 5)]
    public void Every_instruction_set_gives_the_same_bits_in_place_too(int images, int pixels, int channels)
    {
        var count = images * pixels * channels;
        var scale = new Guarded<float>(FloatSamples.Tame(channels, 1));
        var bias = new Guarded<float>(FloatSamples.Tame(channels, 2));
        foreach (var values in new[] { FloatSamples.Tame(count, 3), FloatSamples.Wild(count, 4) })
        {
            foreach (var residual in new[] { new Guarded<float>(FloatSamples.Tame(count, 5)), new Guarded<float>(0) })
            {
                var expected = new float[count];
                InstanceNormF32.Reference(values, scale.Span, bias.Span, residual.Span, expected, images, pixels, channels, 1e-5f, -0.5f, 6f);
                foreach (var isa in IsaLevels.Supported)
                {
                    var x = new Guarded<float>(values);
                    var y = new Guarded<float>(count);
                    InstanceNormF32.RunOn(isa, x.Span, scale.Span, bias.Span, residual.Span, y.Span, images, pixels, channels, 1e-5f, -0.5f, 6f);
                    Bits.ShouldEqual<float>(y.Span, expected, $"{isa}");
                    InstanceNormF32.RunOn(isa, x.Span, scale.Span, bias.Span, residual.Span, x.Span, images, pixels, channels, 1e-5f, -0.5f, 6f);
                    Bits.ShouldEqual<float>(x.Span, expected, $"in place on {isa}");
                    x.AssertIntact();
                    y.AssertIntact();
                }
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(5000)]
    public void A_channel_far_from_zero_gets_the_mean_of_the_bias_and_the_deviation_of_the_scale(int pixels)
    {
        const int Channels = 3;
        var x = FloatSamples.Tame(pixels * Channels, 9).Select((value, i) => value + (1000f * (i % Channels))).ToArray();
        var y = new float[x.Length];
        InstanceNormF32.Run(x, [1f, 2f, 3f], [0f, -1f, 5f], y, 1, pixels, Channels, 0f, float.NegativeInfinity, float.PositiveInfinity);
        for (var c = 0; c < Channels; c++)
        {
            var channel = y.Where((_, i) => i % Channels == c).Select(value => (double)value).ToArray();
            var mean = channel.Average();
            mean.ShouldBe(new[] { 0, -1, 5 }[c], 1e-3);
            Math.Sqrt(channel.Average(value => (value - mean) * (value - mean))).ShouldBe(c + 1, 1e-3);
        }
    }
}
