using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Report;

/// <summary>What was done to a model and what it cost.</summary>
/// <param name="Options">What the user chose.</param>
/// <param name="CalibrationSamples">Number of calibration samples; 0 for none.</param>
/// <param name="Layers">The layers with constant weights.</param>
/// <param name="Qualities">The signal-to-noise ratio of each layer's output, in the order of the layers; null where it was not measured.</param>
/// <param name="Quality">The comparison of the models; null where nothing was compressed or no samples could be made.</param>
/// <param name="Notes">What stayed as it was, and why.</param>
/// <param name="WithoutEffect">Options that found nothing to do.</param>
internal sealed record CompressionReport(
    CompileOptions Options,
    int CalibrationSamples,
    IReadOnlyList<LayerReport> Layers,
    IReadOnlyList<double?> Qualities,
    QualityReport? Quality,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> WithoutEffect)
{
    /// <summary>Compares the compressed program with the original.</summary>
    public static CompressionReport Make(Compressed compressed, KernelProgram program, CompileOptions options, CalibrationSamples? samples)
    {
        var layers = WeightLayer.FindAll(compressed.Original);
        var isCompressed = !ReferenceEquals(compressed.Original, compressed.Optimized);
        var quality = isCompressed || samples?.Labels is not null ? Measure(compressed, program, layers, samples) : null;
        return new CompressionReport(
            options,
            samples?.Count ?? 0,
            [.. layers.Select(layer => LayerReport.Of(layer, compressed.Pruned, program))],
            [.. layers.Select(layer => quality?.Layers[layer])],
            quality,
            [.. compressed.Notes, .. FloatLayers(compressed.Original, layers)],
            [.. Ineffective(compressed, options)]);
    }

    /// <summary>Reports what the options MinSqnr and MaxAccuracyDrop forbid, and options that do nothing.</summary>
    public void Check(string model, DiagnosticSink sink)
    {
        foreach (var option in WithoutEffect)
        {
            sink.Add(CompressionDiagnostics.NothingCompressed.Create(model, null, option));
        }

        if (Options.MinSqnr is { } least && Quality is not null)
        {
            foreach (var (output, sqnr) in Quality.Outputs.Where(output => output.Sqnr < least))
            {
                sink.Add(CompressionDiagnostics.SqnrTooSmall.Create(model, null, DiagnosticText.Quote(output), Number(sqnr!.Value), Number(least)));
            }
        }

        if (Options.MaxAccuracyDrop is { } most && Quality?.Accuracy is var (before, after) && before - after > most)
        {
            sink.Add(CompressionDiagnostics.AccuracyDropTooLarge.Create(model, null, Number(before), Number(after), Number(most)));
        }
    }

    /// <summary>A few lines for the header of the generated class.</summary>
    public IReadOnlyList<string> Summary()
    {
        var lines = new List<string>();
        if (Layers.Count > 0 && (Options.Sparsity > 0 || Options.SparsityThreshold > 0))
        {
            var kept = Layers.Sum(layer => layer.Density * layer.BytesBefore) / Layers.Sum(layer => layer.BytesBefore);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"pruned: {100 * (1 - kept):F0} % of the weights are zero"));
        }

        if (Options.Uses(Precision.Int8))
        {
            lines.Add(CalibrationSamples > 0 && Options.Activations != ActivationRanges.Dynamic
                ? string.Create(CultureInfo.InvariantCulture, $"8-bit weights per output, 8-bit activations with ranges from {CalibrationSamples} samples")
                : "8-bit weights per output, 8-bit activations with ranges from each call where that is faster");
        }

        if (Options.Uses(Precision.Float16))
        {
            lines.Add("weights stored as 16-bit floats");
        }

        foreach (var layers in Options.Narrows ? Options.LayerBits : [])
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)layers.Bits} bits in {DiagnosticText.Quote(layers.Pattern)}"));
        }

        foreach (var (output, sqnr) in (Quality?.Outputs ?? []).Where(output => output.Sqnr is not null).Take(2))
        {
            var source = Quality!.IsGenerated ? "generated" : "calibration";
            lines.Add(double.IsInfinity(sqnr!.Value)
                ? $"{output}: the same bits as the original on the {source} samples"
                : $"{output}: signal-to-noise ratio {Number(sqnr.Value)} dB against the original on the {source} samples");
        }

        if (Quality?.Accuracy is var (before, after))
        {
            lines.Add($"accuracy {Number(before)} % before, {Number(after)} % after, on the calibration samples");
        }

        return lines;
    }

    /// <summary>One decimal, the same everywhere.</summary>
    public static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static QualityReport? Measure(Compressed compressed, KernelProgram program, IReadOnlyList<WeightLayer> layers, CalibrationSamples? samples)
    {
        if (samples is not null)
        {
            return QualityReport.Measure(compressed.Original, compressed.Optimized, program, layers, samples);
        }

        foreach (var generated in GeneratedSamples.OfSizes(compressed.Original))
        {
            try
            {
                return QualityReport.Measure(compressed.Original, compressed.Optimized, program, layers, generated);
            }
            catch (Exception exception) when (exception is CalibrationException or IndexOutOfRangeException or ArgumentException)
            {
                // Made-up inputs need not make sense to the model.
            }
        }

        return null;
    }

    private static IEnumerable<string> Ineffective(Compressed compressed, CompileOptions options)
    {
        if (options.Narrows && ReferenceEquals(compressed.Pruned, compressed.Optimized))
        {
            yield return $"Bits={options.BitsText}";
        }

        if ((options.Sparsity > 0 || options.SparsityThreshold > 0) && ReferenceEquals(compressed.Original, compressed.Pruned))
        {
            yield return options.Sparsity > 0 ? "Sparsity" : "SparsityThreshold";
        }
    }

    // Products and convolutions that compression does not see.
    private static IEnumerable<string> FloatLayers(Graph graph, IReadOnlyList<WeightLayer> layers)
    {
        var seen = layers.Select(layer => layer.Node).ToHashSet();
        string[] products = ["Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN", "Attention", "Einsum"];
        foreach (var node in graph.Nodes.Where(node => products.Contains(node.Op.Name) && !seen.Contains(node)))
        {
            yield return $"{NodeText.Describe(node)} was not compressed: "
                + (node.Inputs.Skip(1).Any(input => input is { IsConstant: true, Type.Rank: >= 2 }) ? "its weights stay 32-bit floats in this operator" : "it has no constant weights");
        }
    }
}
