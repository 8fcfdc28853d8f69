using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Benchmarks;

/// <summary>Two engines on the same models.</summary>
internal sealed class Comparison(IEngine ours, IEngine theirs, int threads)
{
    /// <summary>One row for each model and precision that both engines have.</summary>
    public IReadOnlyList<Row> Run(IEnumerable<string> models, int rounds)
    {
        List<Row> rows = [];
        foreach (string name in models)
        {
            BenchmarkModel model = BenchmarkModels.Open(name);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                if (Compare(model, precision, rounds) is { } row)
                {
                    Console.Error.WriteLine(FormattableString.Invariant($"{name} {precision}: {row.Ratio:F2}"));
                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    public string Report(IReadOnlyList<Row> rows) => Benchmarks.Report.Markdown(rows, ours, theirs, threads);

    private Row? Compare(BenchmarkModel model, Precision precision, int rounds)
    {
        using IContender? left = ours.Open(model.Name, precision);
        using IContender? right = theirs.Open(model.Name, precision);
        if (left is null || right is null)
        {
            return null;
        }

        (Measurement ourCall, Measurement theirCall) = Duel.Run(model, left, right, rounds);
        IReadOnlyList<Start> starts = [.. Enum.GetValues<Host>().Select(host => new Start(host, FirstResult.Measure(ours, theirs, model, precision, host)))];
        return new Row(model.Name, precision, ourCall, theirCall, starts, model.Difference(left, right));
    }
}
