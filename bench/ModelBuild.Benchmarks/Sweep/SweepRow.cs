using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>A model in the sweep.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Bits">Bits per weight.</param>
/// <param name="Ours">Microseconds of a call.</param>
/// <param name="Theirs">The same in ONNX Runtime.</param>
/// <param name="Difference">The largest difference of a float output, over its range.</param>
/// <param name="IsFloatThere">Whether ONNX Runtime ran the original, because no operator set can say what was compressed.</param>
internal sealed record SweepRow(string Model, int Bits, double Ours, double Theirs, double Difference, bool IsFloatThere)
{
    public double Ratio => Theirs / Ours;

    /// <summary>The rows as Markdown, the slowest first, with the geometric means.</summary>
    public static string Table(IReadOnlyList<SweepRow> rows)
    {
        StringBuilder text = new("| Model | Bits | Ours, µs | Theirs, µs | Times faster | Results differ by |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (SweepRow row in rows.OrderBy(row => row.Ratio))
        {
            text.Append(row).Append('\n');
        }

        foreach (IGrouping<int, SweepRow> group in rows.GroupBy(row => row.Bits))
        {
            double mean = Math.Exp(group.Average(row => Math.Log(row.Ratio)));
            text.Append(CultureInfo.InvariantCulture, $"\n{group.Key} bits: {group.Count()} models, geometric mean {mean:F2}, {group.Count(row => row.Ratio < 1)} slower\n");
        }

        return text.ToString();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Model} | {Bits} | {Time(Ours)} | {Time(Theirs)}{(IsFloatThere ? " (floats)" : string.Empty)} | {Ratio:F2} | {100 * Difference:G2} % |");

    private static string Time(double microseconds) => microseconds.ToString(microseconds < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);
}
