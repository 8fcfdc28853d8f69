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
using ModelBuild.Generator;

namespace ModelBuild.Emitter;

/// <summary>Compiles generated classes in memory: the source generator and the C# compiler, as they run in a build.</summary>
public static class Emitter
{
    // What a build says of assembly versions concerns the build and not the code.
    private const string AssemblyVersions = "CS1701";

    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles the classes of several models as one project.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="sources">Other files of the project.</param>
    /// <param name="resources">Resources to embed.</param>
    /// <returns>The assembly's type of a given name.</returns>
    /// <exception cref="InvalidOperationException">The generator or the C# compiler had something to say.</exception>
    public static Func<string, Type> Compile(IReadOnlyList<string> plans, IReadOnlyList<string> sources, IReadOnlyList<KeyValuePair<string, byte[]>> resources)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp12);
        var compilation = CSharpCompilation.Create(
            "Emitted_" + Guid.NewGuid().ToString("N"),
            sources.Select(source => CSharpSyntaxTree.ParseText(source, parsing)),
            Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var files = plans.Select((plan, i) => (AdditionalText)new PlanText($"/obj/{i:D5}.plan", plan));
        var driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], [.. files], parsing, new PlanOptions());
        _ = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        using var image = new MemoryStream();
        var emitted = output.Emit(image, manifestResources: resources.Select(resource => new ResourceDescription(resource.Key, () => new MemoryStream(resource.Value), isPublic: false)));
        if (diagnostics.Concat(emitted.Diagnostics).FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != AssemblyVersions) is { } problem)
        {
            throw new InvalidOperationException(problem.ToString());
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return name => assembly.GetType(name, throwOnError: true)!;
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
