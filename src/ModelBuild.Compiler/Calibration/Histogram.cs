using System;

namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// Counts the values of a tensor by magnitude and sign, in bins whose width is a power of two. When a value exceeds the range, the range doubles and neighbouring
/// bins are merged, so that memory is bounded and the result does not depend on the order of the values.
/// </summary>
internal sealed class Histogram
{
    private const int Bins = 2048; // For each sign.
    private const int SmallestExponent = -60;

    private readonly long[] _negative = new long[Bins];
    private readonly long[] _positive = new long[Bins];
    private int _exponent = SmallestExponent; // Magnitudes up to 2^_exponent are covered.

    public float Min { get; private set; } = float.PositiveInfinity;

    public float Max { get; private set; } = float.NegativeInfinity;

    /// <summary>Number of values; those that are not finite do not count.</summary>
    public long Count { get; private set; }

    /// <summary>Counts values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        var (min, max) = (Min, Max);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        if (min > max)
        {
            return;
        }

        (Min, Max) = (min, max);
        Cover(Math.Max(Math.Abs(min), Math.Abs(max)));
        var binsPerUnit = Math.ScaleB(Bins, -_exponent);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                var bin = Math.Min((int)(Math.Abs((double)value) * binsPerUnit), Bins - 1);
                (value < 0 ? _negative : _positive)[bin]++;
                Count++;
            }
        }
    }

    /// <summary>
    /// A range that leaves out the outermost values: on each side it covers the share <paramref name="percent"/> of all values, up to the width of a bin.
    /// </summary>
    public (float Min, float Max) Range(double percent)
    {
        var allowed = (long)(Count * (1 - (percent / 100)));
        return (Math.Max(Min, Edge(_negative, _positive, allowed) * -1), Math.Min(Max, Edge(_positive, _negative, allowed)));
    }

    // Walks inwards from the outermost bin of one sign, and on through zero to the other, until more than the allowed number of values lies outside.
    private float Edge(long[] outer, long[] other, long allowed)
    {
        var width = Math.ScaleB(1.0, _exponent) / Bins;
        var outside = 0L;
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            outside += outer[bin];
            if (outside > allowed)
            {
                return (float)((bin + 1) * width);
            }
        }

        for (var bin = 0; bin < Bins; bin++)
        {
            outside += other[bin];
            if (outside > allowed)
            {
                return (float)(-bin * width);
            }
        }

        return 0;
    }

    private void Cover(float magnitude)
    {
        // The smallest power of two above the magnitude.
        var exponent = magnitude == 0 ? SmallestExponent : Math.ILogB(magnitude) + 1;
        for (; _exponent < exponent; _exponent++)
        {
            Halve(_negative);
            Halve(_positive);
        }
    }

    private static void Halve(long[] counts)
    {
        for (var i = 0; i < Bins / 2; i++)
        {
            counts[i] = counts[2 * i] + counts[(2 * i) + 1];
        }

        counts.AsSpan(Bins / 2).Clear();
    }
}
