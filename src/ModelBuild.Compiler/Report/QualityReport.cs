using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Report;

/// <summary>How the compressed model compares with the original on samples.</summary>
/// <param name="Samples">How many samples were run.</param>
/// <param name="IsGenerated">Whether they were made up, for want of calibration samples.</param>
/// <param name="Outputs">The signal-to-noise ratio of each float output in decibels, by name; null where it has no signal.</param>
/// <param name="Layers">The same of each layer's output.</param>
/// <param name="Accuracy">Per cent of labels that the original and the compressed model give; null without labels.</param>
internal sealed record QualityReport(
    int Samples,
    bool IsGenerated,
    IReadOnlyList<(string Output, double? Sqnr)> Outputs,
    IReadOnlyDictionary<WeightLayer, double?> Layers,
    (double Before, double After)? Accuracy)
{
    // A layer's share in the noise shows on few samples; the outputs are measured on all.
    private const int LayerSamples = 64;

    /// <summary>Runs both models.</summary>
    /// <param name="original">The simplified graph.</param>
    /// <param name="optimized">The compressed graph, in which layers produce the same values.</param>
    /// <param name="program">The compressed program that ships.</param>
    /// <param name="layers">The layers of the original.</param>
    /// <param name="samples">Inputs, and perhaps labels.</param>
    /// <exception cref="CalibrationException">A sample does not fit the model.</exception>
    public static QualityReport Measure(Graph original, Graph optimized, KernelProgram program, IReadOnlyList<WeightLayer> layers, CalibrationSamples samples)
    {
        var outputs = original.Outputs.Select(_ => new NoiseMeter()).ToArray();
        var reference = ProgramBuilder.Lower(PassPipeline.Run(original, Pipelines.Fuse, observer: null));
        var (before, after) = (samples.Labels is { } labels ? new AccuracyMeter(labels) : null, samples.Labels is { } same ? new AccuracyMeter(same) : null);
        foreach (var ((count, expected), (_, actual)) in ValueRun.Run(reference, samples).Zip(ValueRun.Run(program, samples)))
        {
            Compare(outputs, expected, actual);
            if (before is not null && after is not null && AccuracyMeter.AnswerOf(expected, count) is var answer and >= 0)
            {
                before.Add(expected[answer], count);
                after.Add(actual[answer], count);
            }
        }

        return new QualityReport(
            samples.Count,
            samples.IsGenerated,
            [.. original.Outputs.Zip(outputs).Where(pair => pair.First.Value.Type.Element == ElementType.Float).Select(pair => (pair.First.Name, pair.Second.Decibels))],
            Layerwise(original, optimized, layers, samples),
            before is { Percent: var percent } && double.IsFinite(percent) ? (percent, after!.Percent) : null);
    }

    private static Dictionary<WeightLayer, double?> Layerwise(Graph original, Graph optimized, IReadOnlyList<WeightLayer> layers, CalibrationSamples samples)
    {
        var results = layers.Select(layer => layer.Result).ToArray();
        var meters = layers.Select(_ => new NoiseMeter()).ToArray();
        foreach (var ((_, expected), (_, actual)) in ValueRun.Run(original, results, samples, LayerSamples).Zip(ValueRun.Run(optimized, results, samples, LayerSamples)))
        {
            Compare(meters, expected, actual);
        }

        return layers.Zip(meters).ToDictionary(pair => pair.First, pair => pair.Second.Decibels);
    }

    private static void Compare(NoiseMeter[] meters, IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual)
    {
        for (var i = 0; i < meters.Length; i++)
        {
            if (expected[i].Type == ElementType.Float)
            {
                meters[i].Add(expected[i].As<float>(), actual[i].As<float>());
            }
        }
    }
}
