using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Finds scale and zero point of every value that becomes an integer, from what the float model computes on the calibration samples.</summary>
internal static class ActivationCalibration
{
    public static IReadOnlyDictionary<Value, ActivationParameters> Run(Graph graph, QuantizedDomain domain, CompileOptions options, CalibrationSamples samples)
    {
        // What keeps its input's scale adds nothing to its range.
        var follows = domain.Units.Where(unit => unit.KeepsScale).Select(unit => unit.Result).ToHashSet();
        var sources = domain.Values.Where(value => !follows.Contains(value)).ToArray();
        var histograms = sources.Select(_ => new Histogram()).ToArray();
        foreach (var run in ValueRun.Run(graph, sources, samples))
        {
            foreach (var (histogram, value) in histograms.Zip(run.Values))
            {
                histogram.Add(value.As<float>());
            }
        }

        var groups = domain.Groups();
        var ranges = sources.Zip(histograms, (value, histogram) => (Group: groups[value], Range: Range(histogram, options)))
            .GroupBy(pair => pair.Group)
            .ToDictionary(group => group.Key, group => ActivationParameters.Of(group.Min(pair => pair.Range.Min), group.Max(pair => pair.Range.Max)));
        return domain.Values.ToDictionary(value => value, value => ranges[groups[value]]);
    }

    private static (float Min, float Max) Range(Histogram histogram, CompileOptions options) =>
        histogram.Count == 0 ? (0, 0) : options.Ranges == RangeMethod.MinMax ? (histogram.Min, histogram.Max) : histogram.Range(options.Percentile);
}
