using System.Collections.Generic;

namespace ModelBuild.Benchmarks;

/// <summary>One side of the comparison.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>The folder in bench/FirstResult of the program that runs a model once.</summary>
    string ProgramFolder { get; }

    /// <summary>Loads a model, or gives null where this engine does not have it in this precision.</summary>
    IContender? Open(string model, Precision precision);

    /// <summary>What tells that program which model to run.</summary>
    IReadOnlyList<string> ProgramArguments(string model, Precision precision);

    /// <summary>What ships with that program besides, so that it can run this model alone.</summary>
    long BytesBeside(string model, Precision precision);
}
