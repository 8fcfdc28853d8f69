extern alias generator;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>Compiles generated classes in memory: the source generator and the C# compiler, as they run in a build.</summary>
internal static class Emitter
{
    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles the classes of several models as one project.</summary>
    /// <returns>For each model the method that calls its class, see <see cref="EmittedModel"/>.</returns>
    /// <exception cref="InvalidOperationException">The generator or the C# compiler had something to say.</exception>
    public static IReadOnlyList<Func<object[], int[], int[], object[]>> Compile(IReadOnlyList<(ModelPlan Plan, byte[] Weights)> models)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp12);
        var compilation = CSharpCompilation.Create(
            "Verified_" + Guid.NewGuid().ToString("N"),
            models.Select((model, i) => CSharpSyntaxTree.ParseText(EmittedDriver.Write(model.Plan, $"Driver{i}"), parsing)),
            Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var plans = models.Select((model, i) => (AdditionalText)new PlanText($"/obj/{i:D5}.plan", PlanWriter.Write(model.Plan)));
        var driver = CSharpGeneratorDriver.Create([new generator::ModelBuild.Generator.ModelGenerator().AsSourceGenerator()], [.. plans], parsing, new PlanOptions());
        _ = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        using var image = new MemoryStream();
        var resources = models.Where(model => model.Weights.Length > 0)
            .Select(model => new ResourceDescription(model.Plan.Weights.ResourceName, () => new MemoryStream(model.Weights), isPublic: false));
        var emitted = output.Emit(image, manifestResources: resources);
        if (diagnostics.Concat(emitted.Diagnostics).FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701") is { } problem)
        {
            throw new InvalidOperationException(problem.ToString());
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return [.. models.Select((_, i) => assembly.GetType($"Driver{i}", throwOnError: true)!.GetMethod("Run")!.CreateDelegate<Func<object[], int[], int[], object[]>>())];
    }

    private sealed class PlanText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class PlanOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(new() { ["build_metadata.AdditionalFiles.ModelBuildPlan"] = "true" });
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
