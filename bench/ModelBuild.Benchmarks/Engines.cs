using System.Collections.Generic;

namespace ModelBuild.Benchmarks;

/// <summary>The engines by the word that selects them.</summary>
internal static class Engines
{
    public static IEngine Open(string key, int threads) => key switch
    {
        "modelbuild" => new GeneratedEngine(),
        "ort" => new OrtEngine(threads, isPrecise: false),
        "ort-precise" => new OrtEngine(threads, isPrecise: true),
        _ => throw new KeyNotFoundException($"there is no engine {key}"),
    };
}
