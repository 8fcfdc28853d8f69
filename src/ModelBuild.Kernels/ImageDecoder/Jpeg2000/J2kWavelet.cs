using System;

namespace ModelBuild.Kernels;

/// <summary>Joins a resolution and the bands beside it to the next larger one (T.800, annex F): first rows, then columns. Samples beyond the ends are mirrored.</summary>
internal static class J2kWavelet
{
    // The steps of the 9-7 wavelet, and the factors of its low and high frequencies.
    private const float Alpha = -1.586134342f;
    private const float Beta = -0.052980118f;
    private const float Gamma = 0.882911075f;
    private const float Delta = 0.443506852f;
    private const float Low = 1.230174105f;
    private const float High = 1.625732422f;

    /// <summary>The reversible 5-3 wavelet, in place.</summary>
    /// <param name="samples">Rows of the component's tile.</param>
    /// <param name="stride">Its columns.</param>
    /// <param name="smaller">The resolution that is there.</param>
    /// <param name="larger">The one that results.</param>
    public static void Join(Span<int> samples, int stride, J2kArea smaller, J2kArea larger)
    {
        Span<int> line = new int[Math.Max(larger.Width, larger.Height)];
        for (int y = 0; y < larger.Height; y++)
        {
            Line(samples[(y * stride)..], 1, smaller.Width, line[..larger.Width], larger.X0 & 1);
        }

        for (int x = 0; x < larger.Width; x++)
        {
            Line(samples[x..], stride, smaller.Height, line[..larger.Height], larger.Y0 & 1);
        }
    }

    /// <summary>The 9-7 wavelet, in place.</summary>
    public static void Join(Span<float> samples, int stride, J2kArea smaller, J2kArea larger)
    {
        Span<float> line = new float[Math.Max(larger.Width, larger.Height)];
        for (int y = 0; y < larger.Height; y++)
        {
            Line(samples[(y * stride)..], 1, smaller.Width, line[..larger.Width], larger.X0 & 1);
        }

        for (int x = 0; x < larger.Width; x++)
        {
            Line(samples[x..], stride, smaller.Height, line[..larger.Height], larger.Y0 & 1);
        }
    }

    private static void Line(Span<int> samples, int step, int lows, Span<int> line, int parity)
    {
        Interleave(samples, step, lows, line, parity);
        if (line.Length == 1)
        {
            // Of a single sample that counts as high, twice the value is stored.
            samples[0] = parity == 0 ? line[0] : line[0] / 2;
            return;
        }

        for (int i = parity; i < line.Length; i += 2)
        {
            line[i] -= (At(line, i - 1) + At(line, i + 1) + 2) >> 2;
        }

        for (int i = 1 - parity; i < line.Length; i += 2)
        {
            line[i] += (At(line, i - 1) + At(line, i + 1)) >> 1;
        }

        for (int i = 0; i < line.Length; i++)
        {
            samples[i * step] = line[i];
        }
    }

    private static void Line(Span<float> samples, int step, int lows, Span<float> line, int parity)
    {
        if (line.Length == 1)
        {
            return;
        }

        Interleave(samples, step, lows, line, parity);
        for (int i = 0; i < line.Length; i++)
        {
            line[i] *= (i & 1) == parity ? Low : High;
        }

        Lift(line, parity, Delta);
        Lift(line, 1 - parity, Gamma);
        Lift(line, parity, Beta);
        Lift(line, 1 - parity, Alpha);
        for (int i = 0; i < line.Length; i++)
        {
            samples[i * step] = line[i];
        }
    }

    private static void Lift(Span<float> line, int first, float factor)
    {
        for (int i = first; i < line.Length; i += 2)
        {
            line[i] -= (At(line, i - 1) + At(line, i + 1)) * factor;
        }
    }

    // Low frequencies belong at even places of the grid, high ones at odd places.
    private static void Interleave<T>(ReadOnlySpan<T> samples, int step, int lows, Span<T> line, int parity)
    {
        for (int i = 0; i < line.Length; i++)
        {
            bool isLow = (i & 1) == parity;
            line[i] = samples[(isLow ? i / 2 : lows + (i / 2)) * step];
        }
    }

    private static T At<T>(Span<T> line, int i) => line[i < 0 ? -i : i >= line.Length ? (2 * (line.Length - 1)) - i : i];
}
