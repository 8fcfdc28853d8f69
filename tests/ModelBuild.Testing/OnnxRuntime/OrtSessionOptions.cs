namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>How a session runs. The defaults: everything optimized, right integers, one thread.</summary>
public sealed record OrtSessionOptions
{
    public OrtOptimizationLevel Optimization { get; init; } = OrtOptimizationLevel.All;

    /// <summary>Threads within an operator. Operators themselves run one after the other.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether products of 8-bit integers may saturate at 16 bits, as they do by ONNX Runtime's own default on x64 processors without 8-bit dot products. The results are then
    /// wrong where two neighbouring weights are large, and faster; otherwise it is told to be precise (its option session.x64quantprecision).
    /// </summary>
    public bool MaySaturate { get; init; }

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
