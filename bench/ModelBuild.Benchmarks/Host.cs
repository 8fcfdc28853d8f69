namespace ModelBuild.Benchmarks;

/// <summary>How a program that runs a model once is shipped; the names are those of the property Host in bench/FirstResult.</summary>
internal enum Host
{
    /// <summary>Compiled as it runs, by the runtime that the machine has.</summary>
    Jit,

    /// <summary>Compiled for ReadyToRun, trimmed, in one file with its runtime.</summary>
    ReadyToRun,

    /// <summary>A native program.</summary>
    Native,
}
