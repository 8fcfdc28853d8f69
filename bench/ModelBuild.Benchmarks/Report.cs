using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelBuild.Testing.OnnxRuntime;

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
            text.Append(Invariant($"| {row.Model} | {Type(row.Precision)} | {Time(row.Ours.Microseconds)} | {Time(row.Theirs.Microseconds)} | {row.Ratio:F2} "));
            text.Append(Invariant($"| {row.Ours.AllocatedBytes:F0} | {row.Theirs.AllocatedBytes:F0} | {Percent(row.Ours.Accuracy)} | {Percent(row.Theirs.Accuracy)} | {100 * row.Difference:G2} % |\n"));
        }

        text.Append(Invariant($"\nGeometric mean: {Means(rows)}.\n\n"));
        AppendSaturation(text, rows);
        AppendBounds(text, rows);
        AppendStarts(text, rows, ours, theirs);
        return text.ToString();
    }

    /// <summary>For example "fp32 1.52 int8 3.10"; a type that was not compared is n/a.</summary>
    public static string Means(IReadOnlyList<Row> rows) =>
        string.Join(' ', Enum.GetValues<Precision>().Select(p => $"{Type(p)} {Mean([.. rows.Where(r => r.Precision == p).Select(r => r.Ratio)])}"));

    private static void AppendSaturation(StringBuilder text, IReadOnlyList<Row> rows)
    {
        if (OnnxRuntimeOracle.SaturatesInIntegerOperators && rows.Any(row => row.Precision == Precision.Int8))
        {
            text.Append("This processor has no 8-bit dot products. There ONNX Runtime's products of 8-bit integers saturate by default, which is why its 8-bit answers are others here than "
                + "elsewhere; `--engines modelbuild,ort-precise` compares with its option for right ones (session.x64quantprecision).\n\n");
        }
    }

    // Models that use each weight once cannot be faster than the cache that holds the weights.
    private static void AppendBounds(StringBuilder text, IReadOnlyList<Row> rows)
    {
        foreach (Row row in rows)
        {
            double reached = row.Ours.ModelBytes / (row.Ours.Microseconds * 1e-6);
            double bound = ReadBandwidth.Measure(row.Ours.ModelBytes);
            if (reached >= bound / 2)
            {
                text.Append(Invariant($"{row.Model} {Type(row.Precision)} reads its {row.Ours.ModelBytes / 1e3:F0} KB of weights at {reached / 1e9:F0} GB/s, "));
                text.Append(Invariant($"{100 * reached / bound:F0} % of the {bound / 1e9:F0} GB/s at which one core here reads as much memory and does nothing else.\n\n"));
            }
        }
    }

    private static void AppendStarts(StringBuilder text, IReadOnlyList<Row> rows, IEngine ours, IEngine theirs)
    {
        text.Append("## A process that runs the model once\n\n");
        text.Append("From the start of the process to the first result, the runtime's own start included; best of several processes. The same kinds of program for both: native, "
            + "compiled for ReadyToRun, trimmed and in one file, or compiled by the JIT of an installed runtime, which is not in the size. A size is all that ships.\n\n");
        text.Append(Header("Model", "Type", "Program", $"{ours.Name}, ms", $"{theirs.Name}, ms", "Times faster", "Peak memory, MB", "Peak memory there, MB", "Ships, MB", "Ships there, MB"));
        foreach (Row row in rows)
        {
            foreach (Start start in row.Starts.Reverse())
            {
                var (left, right) = start.Results;
                text.Append(Invariant($"| {row.Model} | {Type(row.Precision)} | {Name(start.Host)} | {Start(left?.Milliseconds)} | {Start(right?.Milliseconds)} | {Start(right?.Milliseconds / left?.Milliseconds)} "));
                text.Append(Invariant($"| {Start(left?.PeakBytes / 1e6)} | {Start(right?.PeakBytes / 1e6)} | {Start(left?.ShippedBytes / 1e6)} | {Start(right?.ShippedBytes / 1e6)} |\n"));
            }
        }
    }

    private static string Name(Host host) => host switch
    {
        Host.Native => "native",
        Host.ReadyToRun => "ReadyToRun",
        _ => "JIT",
    };

    private static string Start(double? value) => value is { } v ? Invariant($"{v:F1}") : "not published";

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
