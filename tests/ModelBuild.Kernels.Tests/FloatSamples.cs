using System;

namespace ModelBuild.Kernels.Tests;

/// <summary>Inputs for kernels of floats: ordinary values mixed with the ones that break things.</summary>
internal static class FloatSamples
{
    private static readonly float[] Extremes =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 8388607.5f, 8388609f, -8388607.5f, 2147483648f, 88.7f, 89f, -87.4f, -103.9f, -105f, 16777216f,
    ];

    /// <summary>Values of all magnitudes, with an extreme one at about every fourth place, or as often as <paramref name="oneIn"/> says.</summary>
    public static float[] Wild(int length, int seed, int oneIn = 4) => Fill(length, seed, random => random.Next(oneIn) == 0
        ? Extremes[random.Next(Extremes.Length)]
        : (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 4))));

    /// <summary>Finite values of -4 to 4.</summary>
    public static float[] Tame(int length, int seed) => Fill(length, seed, random => (float)((random.NextDouble() * 8) - 4));

    private static float[] Fill(int length, int seed, Func<Random, float> next)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = next(random);
        }

        return values;
    }
}
