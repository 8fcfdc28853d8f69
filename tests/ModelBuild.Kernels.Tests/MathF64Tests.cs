using System;
using System.Linq;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>The functions of 64-bit floats against those of the C runtime, which are within one unit in the last place.</summary>
public sealed class MathF64Tests
{
    private static readonly double[] Special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 1, -1, 0.5, 2];

    [Fact]
    public void Exp_is_close() => Check(MathF64.Exp, Math.Exp, -740, 709.7, ulps: 4, absolute: 2 * double.Epsilon);

    [Fact]
    public void Log_is_close() => Check(MathF64.Log, Math.Log, 1e-300, 1e300, ulps: 4);

    [Fact]
    public void Log_is_close_near_one() => Check(MathF64.Log, Math.Log, 0.5, 2, ulps: 4);

    [Fact]
    public void Sin_is_close() => Check(MathF64.Sin, Math.Sin, -100, 100, ulps: 16, absolute: 1e-16, special: false);

    [Fact]
    public void Cos_is_close() => Check(MathF64.Cos, Math.Cos, -100, 100, ulps: 16, absolute: 1e-16, special: false);

    [Fact]
    public void Tan_is_close() => Check(MathF64.Tan, Math.Tan, -1.5, 1.5, ulps: 8, special: false);

    [Fact]
    public void Tanh_is_close() => Check(MathF64.Tanh, Math.Tanh, -25, 25, ulps: 8);

    [Fact]
    public void Sinh_is_close() => Check(MathF64.Sinh, Math.Sinh, -25, 25, ulps: 8);

    [Fact]
    public void Cosh_is_close() => Check(MathF64.Cosh, Math.Cosh, -25, 25, ulps: 8);

    [Fact]
    public void Asin_is_close() => Check(MathF64.Asin, Math.Asin, -1, 1, ulps: 8);

    [Fact]
    public void Acos_is_close() => Check(MathF64.Acos, Math.Acos, -1, 1, ulps: 8);

    [Fact]
    public void Atan_is_close() => Check(MathF64.Atan, Math.Atan, -50, 50, ulps: 8);

    [Fact]
    public void Asinh_is_close() => Check(MathF64.Asinh, Math.Asinh, -1e6, 1e6, ulps: 8);

    [Fact]
    public void Acosh_is_close() => Check(MathF64.Acosh, Math.Acosh, 1, 1e6, ulps: 8);

    [Fact]
    public void Atanh_is_close() => Check(MathF64.Atanh, Math.Atanh, -0.999, 0.999, ulps: 8);

    [Fact]
    public void Erf_is_what_tables_say()
    {
        Assert.Equal(0.84270079294971486934, MathF64.Erf(1), 4e-16);
        Assert.Equal(0.99999998458274209972, MathF64.Erf(4), 4e-16);
        Assert.Equal(-0.52049987781304653768, MathF64.Erf(-0.5), 4e-16);
        Assert.Equal(1.1283791670955125739e-20, MathF64.Erf(1e-20), 1e-35);
    }

    [Fact]
    public void Pow_is_close_and_has_the_special_cases()
    {
        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = Math.Exp((random.NextDouble() * 20) - 10);
            double y = (random.NextDouble() * 60) - 30;
            double expected = Math.Pow(x, y);
            Assert.Equal(1, MathF64.Pow(x, y) / expected, 3e-13);
        }

        double[] values = [.. Special, 3, -3, 0.25, -2.5, 1e10];
        foreach (double x in values)
        {
            foreach (double y in values)
            {
                double expected = Math.Pow(x, y);
                double actual = MathF64.Pow(x, y);
                Assert.True(expected.Equals(actual) || Math.Abs(actual - expected) <= 3e-13 * Math.Abs(expected), $"{x}^{y} is {actual}, not {expected}");
            }
        }
    }

    private static void Check(Func<double, double> function, Func<double, double> exact, double low, double high, double ulps, double absolute = 0, bool special = true)
    {
        Random random = new(1);
        double[] uniform = [.. Enumerable.Range(0, 20_000).Select(_ => low + ((high - low) * random.NextDouble()))];
        double[] small = low < 0 ? [.. Enumerable.Range(0, 5_000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(20)) * Math.Min(high, 1))] : [];
        foreach (double x in uniform.Concat(small))
        {
            (double actual, double expected) = (function(x), exact(x));
            Assert.True(Math.Abs(actual - expected) <= absolute + (ulps * Math.BitIncrement(Math.Abs(expected)) * 1.2e-16), $"f({x:R}) is {actual:R}, not {expected:R}");
        }

        foreach (double x in special ? Special : [])
        {
            (double actual, double expected) = (function(x), exact(x));
            Assert.True(expected.Equals(actual) || Math.Abs(actual - expected) <= ulps * Math.Abs(expected) * 1.2e-16, $"f({x:R}) is {actual:R}, not {expected:R}");
        }
    }
}
