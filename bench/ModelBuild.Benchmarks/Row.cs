using System.Collections.Generic;

namespace ModelBuild.Benchmarks;

/// <summary>One line of the comparison. The difference is that of the results, over their range.</summary>
internal sealed record Row(string Model, Precision Precision, Measurement Ours, Measurement Theirs, IReadOnlyList<Start> Starts, double Difference)
{
    /// <summary>How many times faster ours is.</summary>
    public double Ratio => Theirs.Microseconds / Ours.Microseconds;
}

/// <summary>Both programs of one kind; null where there is none.</summary>
internal sealed record Start(Host Host, (FirstResult? Ours, FirstResult? Theirs) Results);
