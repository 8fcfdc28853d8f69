using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Options;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Report;

/// <summary>Writes a report as Markdown. Equal reports give equal texts: no date, no path, no culture.</summary>
internal static class ReportText
{
    /// <summary>The text.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="plan">The plan of the compiled model.</param>
    /// <param name="modelBytes">Size of the model's files.</param>
    public static string Write(CompressionReport report, ModelPlan plan, long modelBytes)
    {
        var text = new StringBuilder();
        Line(text, $"# {plan.ClassName}");
        Line(text, $"");
        Table(text, ["", ""], Facts(report, plan, modelBytes));
        Line(text, $"## Layers");
        Line(text, $"");
        Table(
            text,
            ["Layer", "Operator", "Kernel", "Size", "Bytes before", "Bytes after", "Non-zero", "SQNR"],
            report.Layers.Zip(report.Qualities, (layer, sqnr) => (string[])[layer.Name, layer.Operator, layer.Kernel, layer.Shape, Count(layer.BytesBefore), Count(layer.BytesAfter), Percent(100 * layer.Density), Decibels(sqnr)]));
        if (report.Layers.Count > 0)
        {
            Line(text, $"SQNR is the signal-to-quantization-noise ratio of the layer's output against the original model. It holds the noise of all layers before; 6 dB are one bit.");
            Line(text, $"");
        }

        Line(text, $"## Kernel calls");
        Line(text, $"");
        Table(text, ["Kernel", "Calls"], plan.Calls.GroupBy(step => step.Kernel).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (string[])[group.Key, Count(group.Count())]));
        if (report.Notes.Count > 0)
        {
            Line(text, $"## Notes");
            Line(text, $"");
            foreach (var note in report.Notes)
            {
                Line(text, $"- {note}.");
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    // The sizes as expressions where those can be read, else an example.
    private static string Arena(ModelPlan plan)
    {
        const int LongestText = 120;
        const int Example = 64;
        var text = string.Join(" + ", plan.Slots.Select(slot => slot.ToString()).DefaultIfEmpty("0"));
        return text.Length <= LongestText
            ? $"{text} bytes"
            : $"{Count(plan.Slots.Sum(slot => slot.Evaluate(_ => Example)))} bytes where each of {string.Join(", ", plan.Slots.SelectMany(slot => slot.Symbols).Distinct())} is {Example}";
    }

    private static IEnumerable<string[]> Facts(CompressionReport report, ModelPlan plan, long modelBytes)
    {
        yield return ["Model", $"{plan.Source.File}, operator set {plan.Source.Opset}"];
        yield return ["SHA-256", plan.Source.Sha256];
        yield return ["Options", Options(report.Options)];
        yield return ["Samples", report.Quality is { IsGenerated: true } generated ? $"{Count(generated.Samples)} generated: give Calibration for a measure of real accuracy" : report.CalibrationSamples == 0 ? "none" : $"{Count(report.CalibrationSamples)} for calibration"];
        yield return ["Model file", $"{Count(modelBytes)} bytes"];
        yield return ["Weights file", $"{Count(plan.Weights.Length)} bytes"];
        yield return ["Expanded when loaded", $"{Count(plan.PreparedLength)} bytes"];
        yield return ["Arena of a call", Arena(plan)];
        foreach (var (output, sqnr) in report.Quality?.Outputs ?? [])
        {
            yield return [$"SQNR of {output}", Decibels(sqnr)];
        }

        if (report.Quality?.Accuracy is var (before, after))
        {
            yield return ["Accuracy before", Percent(before)];
            yield return ["Accuracy after", Percent(after)];
        }
    }

    private static string Options(CompileOptions options)
    {
        var parts = new List<string> { $"Bits={options.BitsText}" };
        if (options.Uses(Precision.Int8))
        {
            parts.Add($"Activations={options.Activations}");
            parts.Add(options.Ranges == RangeMethod.MinMax ? "Ranges=MinMax" : string.Create(CultureInfo.InvariantCulture, $"Ranges=Percentile, Percentile={options.Percentile}"));
        }

        if (options.Sparsity > 0 || options.SparsityThreshold > 0)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Sparsity={options.Sparsity}, SparsityThreshold={options.SparsityThreshold}, SparsityPattern={options.SparsityPattern.Rows}x{options.SparsityPattern.Columns}, SparsityNorm={options.SparsityNorm}"));
        }

        if (options.Threads != 1)
        {
            parts.Add(options.Threads == 0 ? "Threads=auto" : string.Create(CultureInfo.InvariantCulture, $"Threads={options.Threads}"));
        }

        return string.Join(", ", parts);
    }

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        Line(text, $"| {string.Join(" | ", head)} |");
        Line(text, $"|{string.Concat(head.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            Line(text, $"| {string.Join(" | ", row.Select(Cell))} |");
        }

        Line(text, $"");
    }

    // Names come from the model: what would end a cell or a row is taken out.
    private static string Cell(string text) => string.Concat(text.Select(c => c == '|' ? "\\|" : char.IsControl(c) ? " " : c.ToString()));

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double percent) => percent.ToString("F2", CultureInfo.InvariantCulture) + " %";

    private static string Decibels(double? value) => value is null ? "" : double.IsInfinity(value.Value) ? "exact" : $"{CompressionReport.Number(value.Value)} dB";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
