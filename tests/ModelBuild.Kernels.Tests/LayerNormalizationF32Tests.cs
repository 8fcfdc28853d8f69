using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class LayerNormalizationF32Tests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(2, 16)]
    [InlineData(2, 33)]
    [InlineData(2, 384)]
    public void Every_instruction_set_gives_the_same_bits_in_place_too(int rows, int length)
    {
        var scale = new Guarded<float>(FloatSamples.Tame(length, 1));
        var bias = new Guarded<float>(FloatSamples.Tame(length, 2));
        foreach (var values in new[] { FloatSamples.Tame(rows * length, 3), FloatSamples.Wild(rows * length, 4) })
        {
            foreach (var biases in new[] { bias, new Guarded<float>(0) })
            {
                var expected = new float[values.Length];
                LayerNormalizationF32.Reference(values, scale.Span, biases.Span, expected, rows, length, 1e-5f);
                foreach (var isa in IsaLevels.Supported)
                {
                    var x = new Guarded<float>(values);
                    var y = new Guarded<float>(values.Length);
                    LayerNormalizationF32.RunOn(isa, x.Span, scale.Span, biases.Span, y.Span, rows, length, 1e-5f);
                    Bits.ShouldEqual<float>(y.Span, expected, $"{isa}");
                    LayerNormalizationF32.RunOn(isa, x.Span, scale.Span, biases.Span, x.Span, rows, length, 1e-5f);
                    Bits.ShouldEqual<float>(x.Span, expected, $"in place on {isa}");
                    x.AssertIntact();
                    y.AssertIntact();
                }
            }
        }
    }

    [Fact]
    public void A_row_gets_the_mean_0_and_the_variance_1()
    {
        var x = FloatSamples.Tame(100, 9);
        var y = new float[100];
        LayerNormalizationF32.Run(x, Enumerable.Repeat(1f, 100).ToArray(), [], y, 1, 100, 0f);
        y.Average().ShouldBe(0f, 1e-6f);
        y.Average(v => v * v).ShouldBe(1f, 1e-5f);
    }
}
