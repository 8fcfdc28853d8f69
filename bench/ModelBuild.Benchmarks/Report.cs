using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelBuild.Benchmarks;

/// <summary>The comparison as Markdown. Two runs on one machine differ in their figures alone.</summary>
internal static class Report
{
    public static string Markdown(IReadOnlyList<Row> rows, IEngine ours, IEngine theirs, int threads)
    {
        StringBuilder text = new();
        text.Append(Invariant($"# {ours.Name} and {theirs.Name} on {Machine.Processor}\n\n"));
        text.Append(Invariant($"{Machine.Description}. {Count(threads, "thread")}, batch 1, real inputs.\n\n"));
        text.Append("## A call\n\n");
        text.Append("Best of many interleaved rounds in one process; both sides run on buffers of their own that were set up before.\n\n");
        text.Append(Header("Model", "Type", $"{ours.Name}, µs", $"{theirs.Name}, µs", "Times faster", "Allocated, B", "Allocated there, B", "Accuracy", "Accuracy there", "Results differ by"));
        foreach (Row row in rows)
        {
            text.Append(Invariant($"| {row.Model} | {Type(row.Precision)} | {Time(row.Ours.Call.Microseconds)} | {Time(row.Theirs.Call.Microseconds)} | {row.Ratio:F2} "));
            text.Append(Invariant($"| {row.Ours.Call.AllocatedBytes:F0} | {row.Theirs.Call.AllocatedBytes:F0} | {Percent(row.Ours.Call.Accuracy)} | {Percent(row.Theirs.Call.Accuracy)} | {100 * row.Difference:G2} % |\n"));
        }

        text.Append(Invariant($"\nGeometric mean: {Means(rows)}.\n\n## A process that runs the model once\n\n"));
        text.Append("From the start of the process to the first result, the runtime's own start included; best of five processes.\n\n");
        text.Append(Header("Model", "Type", $"{ours.Name}, ms", $"{theirs.Name}, ms", "Peak memory, MB", "Peak memory there, MB", "Model, KB", "Model there, KB"));
        foreach (Row row in rows)
        {
            text.Append(Invariant($"| {row.Model} | {Type(row.Precision)} | {row.Ours.First.Milliseconds:F0} | {row.Theirs.First.Milliseconds:F0} "));
            text.Append(Invariant($"| {row.Ours.First.PeakBytes / 1e6:F0} | {row.Theirs.First.PeakBytes / 1e6:F0} | {row.Ours.Call.ModelBytes / 1e3:F0} | {row.Theirs.Call.ModelBytes / 1e3:F0} |\n"));
        }

        text.Append(Invariant($"\nBesides the model ship {ours.RuntimeBytes / 1e6:F1} MB of native library for {ours.Name} and {theirs.RuntimeBytes / 1e6:F1} MB for {theirs.Name}.\n"));
        return text.ToString();
    }

    /// <summary>For example "fp32 1.52 int8 3.10"; a type that was not compared is n/a.</summary>
    public static string Means(IReadOnlyList<Row> rows) =>
        string.Join(' ', Enum.GetValues<Precision>().Select(p => $"{Type(p)} {Mean([.. rows.Where(r => r.Precision == p).Select(r => r.Ratio)])}"));

    private static string Mean(double[] ratios) =>
        ratios.Length == 0 ? "n/a" : Math.Exp(ratios.Average(Math.Log)).ToString("F2", CultureInfo.InvariantCulture);

    private static string Header(params string[] columns) =>
        $"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select((_, i) => i < 2 ? "---|" : "---:|"))}\n";

    private static string Type(Precision precision) => precision == Precision.Float32 ? "fp32" : "int8";

    private static string Time(double microseconds) => microseconds.ToString(microseconds < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } s ? Invariant($"{100 * s:F1} %") : "";

    private static string Count(int number, string noun) => Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
