using System;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Kernels.Tests;

public sealed class PowF32Tests(ITestOutputHelper output)
{
    private static readonly float[] Special = [0f, -0f, 1f, -1f, 2f, -2f, 0.5f, -0.5f, 3f, -3f, 1e-40f, float.Epsilon, float.MaxValue, 16777216f, 1e30f, -1e30f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void Powers_are_within_3_ULP()
    {
        var random = new Random(7);
        var (worst, at) = (0.0, string.Empty);
        for (var i = 0; i < 400_000; i++)
        {
            var a = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1, 0x7F800000));
            var b = (float)((random.NextDouble() - 0.5) * 2 * Math.Pow(10, (random.NextDouble() * 6) - 3));
            var truth = Math.Pow(a, b);
            var error = Ulps(Apply(a, b), truth);
            (worst, at) = error > worst ? (error, $"{a:R}^{b:R} = {truth:R}") : (worst, at);
        }

        output.WriteLine($"{worst:F3} ULP at {at}");
        worst.ShouldBeLessThanOrEqualTo(3, at);
    }

    [Fact]
    public void Limits_and_signs_are_those_of_IEEE_754()
    {
        foreach (var a in Special)
        {
            foreach (var b in Special)
            {
                var truth = (float)Math.Pow(a, b);
                var actual = Apply(a, b);
                var isRight = float.IsNaN(truth) ? float.IsNaN(actual) : Ulps(actual, truth) <= 3 && float.IsNegative(actual) == float.IsNegative(truth);
                isRight.ShouldBeTrue($"{a:R}^{b:R} is {actual:R}, not {truth:R}");
            }
        }
    }

    [Fact]
    public void Every_instruction_set_gives_the_same_bits()
    {
        var random = new Random(8);
        var a = new float[1000];
        var b = new float[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(0, 1L << 32));
            b[i] = i % 3 == 0 ? random.Next(-5, 6) : (float)((random.NextDouble() - 0.5) * 100);
        }

        var expected = new float[a.Length];
        BinaryF32.RunOn(IsaLevel.Plain, a, b, expected, default(PowF32));
        foreach (var isa in IsaLevels.Supported)
        {
            var y = new float[a.Length];
            BinaryF32.RunOn(isa, a, b, y, default(PowF32));
            Bits.ShouldEqual<float>(y, expected, isa.ToString());
        }
    }

    private static float Apply(float a, float b)
    {
        float[] y = [0];
        BinaryF32.Run([a], [b], y, default(PowF32));
        return y[0];
    }

    private static double Ulps(float actual, double truth)
    {
        var rounded = (float)truth;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
        {
            return rounded == actual ? 0 : double.PositiveInfinity;
        }

        var magnitude = Math.Abs(rounded);
        return Math.Abs(actual - truth) / ((double)MathF.BitIncrement(magnitude) - magnitude);
    }
}
