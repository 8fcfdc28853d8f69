using System;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Kernels.Tests;

/// <summary>
/// Measures the stated error bounds against double precision: every 4999th float there is, denormals, infinities and NaN included, which puts 1,678 samples into
/// each power of two.
/// </summary>
public sealed class MathF32Tests(ITestOutputHelper output)
{
    [Fact]
    public void Exp_is_within_1_ULP() => Measure(default(ExpF32), Math.Exp, 1.0);

    [Fact]
    public void Log_is_within_1_ULP() => Measure(default(LogF32), Math.Log, 1.0);

    [Fact]
    public void Tanh_is_within_2_and_a_half_ULP() => Measure(default(TanhF32), Math.Tanh, 2.5);

    [Fact]
    public void Sigmoid_is_within_2_and_a_half_ULP() => Measure(default(SigmoidF32), x => 1 / (1 + Math.Exp(-x)), 2.5);

    [Fact]
    public void Erf_is_within_3_ULP() => Measure(default(ErfF32), Erf, 3.0);

    [Fact]
    public void Sin_is_within_2_ULP_up_to_131072() => Measure(default(SinF32), Math.Sin, 2.0, 131072);

    [Fact]
    public void Cos_is_within_2_ULP_up_to_131072() => Measure(default(CosF32), Math.Cos, 2.0, 131072);

    [Fact]
    public void Softplus_is_within_3_ULP() => Measure(default(SoftplusF32), x => x > 40 ? x : x < -40 ? Math.Exp(x) : LogOnePlus(Math.Exp(x)), 3.0);

    [Fact]
    public void Elu_is_within_2_ULP() => Measure(new EluF32(1f), x => x < 0 ? ExpMinusOne(x) : x, 2.0);

    [Fact]
    public void Exp_without_overflow_has_the_bits_of_Exp()
    {
        for (long bits = 0; bits <= uint.MaxValue; bits += 997)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (!(x > 71f))
            {
                var expected = MathF32.Exp(new ScalarF32(x)).Value;
                MathF32.ExpWithoutOverflow(new ScalarF32(x)).Value.ShouldBe(expected, $"at {x:R}");
            }
        }
    }

    [Fact]
    public void Results_around_underflow_and_overflow_are_the_same_bits_on_every_instruction_set()
    {
        var x = new float[4000];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (i % 2 == 0 ? -1f : 1f) * (80f + (i * 0.0075f));
        }

        UnaryF32Tests.Same(x, default(ExpF32));
        UnaryF32Tests.Same(x, default(SigmoidF32));
        UnaryF32Tests.Same(x, new SwishF32(1f));
        UnaryF32Tests.Same(x, default(SoftplusF32));
        UnaryF32Tests.Same(x, default(MishF32));
        UnaryF32Tests.Same(x, new EluF32(1f));
    }

    [Fact]
    public void Pow_is_within_1_and_a_quarter_ULP()
    {
        var random = new Random(1);
        var worst = 0.0;
        var at = (0f, 0f);
        for (var i = 0; i < 1_000_000; i++)
        {
            // Bases of every magnitude, or near 1 where the logarithm is most delicate; exponents that reach overflow and underflow.
            var x = (float)(i % 2 == 0 ? Math.Exp((random.NextDouble() - 0.5) * 200) : 0.5 + random.NextDouble());
            var y = (float)((random.NextDouble() - 0.5) * 220 / Math.Log(x));
            var error = Ulps(BinaryF32Tests.Apply(x, y, default(PowF32)), Math.Pow(x, y));
            if (error > worst)
            {
                (worst, at) = (error, (x, y));
            }
        }

        output.WriteLine($"Pow: {worst:F3} ULP at {at}");
        worst.ShouldBeLessThanOrEqualTo(1.25, $"at {at}");
    }

    [Fact]
    public void Pow_has_the_special_cases_of_the_standard()
    {
        float[] values =
        [
            0f, -0f, 1f, -1f, 2f, -2f, 3f, -3f, 0.5f, -0.5f, 1.5f, -1.5f, 1e-40f, -1e-40f, 16777215f, -16777215f, 16777216f, 3e38f, -3e38f,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        ];
        foreach (var x in values)
        {
            foreach (var y in values)
            {
                var expected = (float)Math.Pow(x, y);
                var actual = BinaryF32Tests.Apply(x, y, default(PowF32));
                Ulps(actual, Math.Pow(x, y)).ShouldBeLessThanOrEqualTo(1.25, $"{x} to the power {y} is {actual}");
                if (!float.IsNaN(expected))
                {
                    float.IsNegative(actual).ShouldBe(float.IsNegative(expected), $"{x} to the power {y} is {actual}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1e6f)]
    [InlineData(-3e30f)]
    [InlineData(float.MaxValue)]
    public void Sin_of_a_huge_value_stays_within_its_range(float x)
    {
        Math.Abs(UnaryF32Tests.Apply(x, default(SinF32))).ShouldBeLessThanOrEqualTo(1f);
        Math.Abs(UnaryF32Tests.Apply(x, default(CosF32))).ShouldBeLessThanOrEqualTo(1f);
    }

    [Fact]
    public void Gelu_Swish_and_Mish_are_close_to_their_formulas()
    {
        foreach (var x in FloatSamples.Tame(1000, 1))
        {
            UnaryF32Tests.Apply(x, default(GeluF32)).ShouldBe((float)(x / 2 * (1 + Erf(x / Math.Sqrt(2)))), 3e-7f);
            var cubic = Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));
            UnaryF32Tests.Apply(x, default(GeluTanhF32)).ShouldBe((float)(x / 2 * (1 + Math.Tanh(cubic))), 3e-7f);
            UnaryF32Tests.Apply(x, new SwishF32(1.5f)).ShouldBe((float)(x / (1 + Math.Exp(-1.5 * x))), 5e-7f);
            UnaryF32Tests.Apply(x, default(MishF32)).ShouldBe((float)(x * Math.Tanh(LogOnePlus(Math.Exp(x)))), 5e-7f);
            UnaryF32Tests.Apply(x, new SeluF32(1.67326f, 1.0507f)).ShouldBe((float)(1.0507 * (x > 0 ? x : 1.67326 * ExpMinusOne(x))), 5e-7f);
            UnaryF32Tests.Apply(x, new CeluF32(2f)).ShouldBe((float)(x > 0 ? x : 2 * ExpMinusOne(x / 2)), 5e-7f);
        }
    }

    private void Measure<TOperation>(TOperation operation, Func<double, double> truth, double bound, float largest = float.PositiveInfinity)
        where TOperation : struct, IUnaryF32
    {
        var x = new float[4096];
        var y = new float[x.Length];
        var worst = 0.0;
        var at = 0f;
        long next = 0;
        while (next <= uint.MaxValue)
        {
            for (var i = 0; i < x.Length; i++, next += 4999)
            {
                x[i] = BitConverter.UInt32BitsToSingle((uint)next);
                x[i] = Math.Abs(x[i]) > largest && float.IsFinite(x[i]) ? 0f : x[i];
            }

            UnaryF32.Run(x, y, operation);
            for (var i = 0; i < x.Length; i++)
            {
                var error = Ulps(y[i], truth(x[i]));
                if (error > worst)
                {
                    (worst, at) = (error, x[i]);
                }
            }
        }

        output.WriteLine($"{operation}: {worst:F3} ULP at {at:R}");
        worst.ShouldBeLessThanOrEqualTo(bound, $"at {at:R}");
        foreach (var special in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f })
        {
            Ulps(UnaryF32Tests.Apply(special, operation), truth(special)).ShouldBeLessThanOrEqualTo(bound, $"at {special}");
        }

        if (truth(-0.0) == 0)
        {
            float.IsNegative(UnaryF32Tests.Apply(-0f, operation)).ShouldBe(double.IsNegative(truth(-0.0)));
        }
    }

    /// <summary>The distance in units of the last place that a float near the true value has.</summary>
    private static double Ulps(float actual, double truth)
    {
        if (double.IsNaN(truth) || float.IsNaN(actual))
        {
            return double.IsNaN(truth) == float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        var rounded = (float)truth;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
        {
            return rounded == actual ? 0 : double.PositiveInfinity;
        }

        var magnitude = Math.Abs(rounded);
        return Math.Abs(actual - truth) / ((double)MathF.BitIncrement(magnitude) - magnitude);
    }

    /// <summary>The series of positive terms <c>2 / sqrt(pi) * e^(-x^2) * sum 2^n x^(2n+1) / (2n+1)!!</c>.</summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        var term = x;
        var sum = 0.0;
        for (var n = 0; n < 200; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 3);
        }

        return x == 0 ? x : 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double LogOnePlus(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * x / (1 + x - 1);

    private static double ExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;
}
