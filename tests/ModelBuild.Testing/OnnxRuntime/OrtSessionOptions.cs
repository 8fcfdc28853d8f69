namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>How a session runs. The defaults are those of a fair comparison: everything optimized, one thread.</summary>
public sealed record OrtSessionOptions
{
    public OrtOptimizationLevel Optimization { get; init; } = OrtOptimizationLevel.All;

    /// <summary>Threads within an operator. Operators themselves run one after the other.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where the optimized model is saved; nowhere if null.</summary>
    public string? SaveTo { get; init; }
}

/// <summary>GraphOptimizationLevel of the C API.</summary>
public enum OrtOptimizationLevel
{
    None = 0,
    Basic = 1,
    Extended = 2,
    All = 99,
}
