using System;

namespace ModelBuild.Compiler.Report;

/// <summary>Measures how far values are from what they should be: the signal-to-noise ratio, the power of the original over the power of the difference.</summary>
internal sealed class NoiseMeter
{
    private double _signal;
    private double _noise;

    /// <summary>Decibels; infinite where nothing differs, null where there is no signal or a value is not a number.</summary>
    public double? Decibels => _noise == 0 ? double.PositiveInfinity : _signal == 0 || !double.IsFinite(_noise) || !double.IsFinite(_signal) ? null : 10 * Math.Log10(_signal / _noise);

    public void Add(ReadOnlySpan<float> original, ReadOnlySpan<float> other)
    {
        for (var i = 0; i < original.Length; i++)
        {
            double expected = original[i];
            var difference = original[i] == other[i] ? 0 : expected - other[i];
            _signal += expected * expected;
            _noise += difference * difference;
        }
    }
}
