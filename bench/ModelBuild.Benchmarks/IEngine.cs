namespace ModelBuild.Benchmarks;

/// <summary>One side of the comparison.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>The word that selects the engine in a child process.</summary>
    string Key { get; }

    /// <summary>What ships besides the model and the user's own code: the bytes of the native library, or 0.</summary>
    long RuntimeBytes { get; }

    /// <summary>Loads a model, or gives null where this engine does not have it in this precision.</summary>
    IContender? Open(string model, Precision precision);
}
