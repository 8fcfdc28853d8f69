using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DftTests
{
    // Fours, a two, odd primes, and primes for which there is no pass.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(45)]
    [InlineData(64)]
    [InlineData(61)]
    [InlineData(67)]
    [InlineData(134)]
    public void Every_length_is_transformed_as_the_definition_says(int length)
    {
        var random = new Random(length);
        var x = new double[length * 2];
        foreach (ref var value in x.AsSpan())
        {
            value = random.NextDouble() - 0.5;
        }

        foreach (var isInverse in new[] { false, true })
        {
            var expected = Define(x, length, isInverse);
            var y = Run(x, length, isInverse);
            y.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-12);

            var floats = Run(x.Select(value => (float)value).ToArray(), length, isInverse);
            floats.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(5e-6);
        }
    }

    [Fact]
    public void Half_a_spectrum_and_real_numbers_turn_into_each_other()
    {
        foreach (var length in new[] { 2, 7, 10, 67 })
        {
            var x = Enumerable.Range(0, length).Select(i => (float)((i * 7 % 5) - 2)).ToArray();
            var half = (length / 2) + 1;
            var scratch = new Guarded<double>(Dft.ScratchLength(length));
            var spectrum = new Guarded<float>(half * 2);
            Dft.Run<float>(x, scratch.Span, spectrum.Span, 1, length, 1, 1, length, half, 2, isInverse: false, isHalf: false);
            spectrum.AssertIntact();
            spectrum.Span[1].ShouldBe(0);

            var again = new Guarded<float>(length);
            Dft.Run<float>(spectrum.Span, scratch.Span, again.Span, 1, half, 1, 2, length, length, 1, isInverse: true, isHalf: true);
            again.Span.ToArray().Zip(x, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
            again.AssertIntact();
            scratch.AssertIntact();
        }
    }

    private static T[] Run<T>(T[] x, int length, bool isInverse)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var scratch = new Guarded<double>(Dft.ScratchLength(length));
        var y = new Guarded<T>(x.Length);
        Dft.Run<T>(x, scratch.Span, y.Span, 1, length, 1, 2, length, length, 2, isInverse, isHalf: false);
        y.AssertIntact();
        scratch.AssertIntact();
        return y.Span.ToArray();
    }

    private static double[] Define(double[] x, int length, bool isInverse)
    {
        var y = new double[2 * length];
        for (var k = 0; k < length; k++)
        {
            for (var n = 0; n < length; n++)
            {
                var (sin, cos) = Math.SinCos((isInverse ? 2 : -2) * Math.PI * (k * n % length) / length);
                y[2 * k] += (x[2 * n] * cos) - (x[(2 * n) + 1] * sin);
                y[(2 * k) + 1] += (x[2 * n] * sin) + (x[(2 * n) + 1] * cos);
            }
        }

        return isInverse ? [.. y.Select(value => value / length)] : y;
    }
}
