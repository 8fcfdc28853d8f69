using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Random numbers that depend on nothing but a key and their place: a counter goes through Philox-4x32 with ten rounds (Salmon et al., Parallel Random Numbers: As Easy
/// as 1, 2, 3, 2011).
/// </summary>
internal static class RandomNumbers
{
    /// <summary>Numbers between two bounds, the upper one not included.</summary>
    public static void Uniform<T>(Span<T> y, long key, float low, float high)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateSaturating(low + ((high - low) * Share(key, i)));
        }
    }

    /// <summary>Numbers of a normal distribution, by the method of Box and Muller.</summary>
    public static void Normal<T>(Span<T> y, long key, float mean, float scale)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            double radius = Math.Sqrt(-2 * MathF64.Log(1 - Share(key, 2L * i)));
            y[i] = T.CreateSaturating(mean + (scale * radius * MathF64.Cos(2 * Math.PI * Share(key, (2L * i) + 1))));
        }
    }

    /// <summary>1 with the probability that x gives, else 0.</summary>
    public static void Bernoulli<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y, long key)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Share(key, i) < double.CreateSaturating(x[i]) ? TTo.One : TTo.Zero;
        }
    }

    /// <summary>Classes by their unnormalized logarithms: [batch, classes] gives [batch, samples].</summary>
    public static void Multinomial<T>(ReadOnlySpan<float> x, Span<T> y, int batch, int classes, int samples, long key)
        where T : unmanaged, INumber<T>
    {
        for (int n = 0; n < batch; n++)
        {
            ReadOnlySpan<float> row = x.Slice(n * classes, classes);
            double largest = double.NegativeInfinity;
            for (int i = 0; i < classes; i++)
            {
                largest = Math.Max(largest, row[i]);
            }

            double total = 0;
            for (int i = 0; i < classes; i++)
            {
                total += MathF64.Exp(row[i] - largest);
            }

            for (int s = 0; s < samples; s++)
            {
                double rest = Share(key, ((long)n * samples) + s) * total;
                int chosen = 0;
                while (chosen < classes - 1 && rest >= MathF64.Exp(row[chosen] - largest))
                {
                    rest -= MathF64.Exp(row[chosen++] - largest);
                }

                y[(n * samples) + s] = T.CreateChecked(chosen);
            }
        }
    }

    // At least 0 and less than 1.
    private static double Share(long key, long counter)
    {
        uint a = unchecked((uint)counter);
        uint b = unchecked((uint)(counter >> 32));
        uint c = 0;
        uint d = 0;
        uint k0 = unchecked((uint)key);
        uint k1 = unchecked((uint)(key >> 32));
        for (int round = 0; round < 10; round++)
        {
            ulong left = 0xD2511F53UL * a;
            ulong right = 0xCD9E8D57UL * c;
            (a, b, c, d) = unchecked(((uint)(right >> 32) ^ b ^ k0, (uint)right, (uint)(left >> 32) ^ d ^ k1, (uint)left));
            k0 = unchecked(k0 + 0x9E3779B9);
            k1 = unchecked(k1 + 0xBB67AE85);
        }

        return ((((ulong)a << 21) ^ b) & ((1UL << 53) - 1)) / 9007199254740992.0;
    }
}
