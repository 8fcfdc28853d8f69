using System;

namespace ModelBuild.Benchmarks;

/// <summary>The engines by the word that selects them.</summary>
internal static class Engines
{
    public static IEngine Open(string key, int threads) => key switch
    {
        "ort" => new OrtEngine(threads),
        _ => throw new ArgumentException($"There is no engine '{key}'.", nameof(key)),
    };
}
