namespace ModelBuild.Benchmarks;

/// <summary>One line of the comparison. The difference is that of the results, over their range.</summary>
internal sealed record Row(string Model, Precision Precision, Side Ours, Side Theirs, double Difference)
{
    /// <summary>How many times faster ours is.</summary>
    public double Ratio => Theirs.Call.Microseconds / Ours.Call.Microseconds;
}

/// <summary>What one engine did with the model.</summary>
internal sealed record Side(Measurement Call, FirstResult First);
