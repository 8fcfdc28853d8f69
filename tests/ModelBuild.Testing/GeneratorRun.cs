extern alias generator;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using generator::ModelBuild.Generator;
using generator::ModelBuild.Generator.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ModelBuild.Testing;

/// <summary>Runs the source generator over plans, as the compiler does for a project that has them as additional files.</summary>
public sealed class GeneratorRun
{
    // The platform that the tests themselves run on.
    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _);
        Compilation = (CSharpCompilation)output;
        Input = input;
    }

    /// <summary>The project without what was generated.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The project with what was generated.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>What the generator did.</summary>
    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public GeneratorDriver Driver { get; }

    /// <summary>Everything that a build would print: what the generator reports, and the C# compiler's errors and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. Result.Diagnostics, .. Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Runs the generator for the first time.</summary>
    /// <param name="plans">Paths and texts of the plans.</param>
    /// <param name="sources">Other files of the project.</param>
    /// <param name="allowUnsafe">Whether the project allows unsafe code.</param>
    /// <param name="languageVersion">The C# version of the project.</param>
    /// <param name="kernels">Paths and texts of a library of kernels other than the embedded one.</param>
    /// <param name="checksOverflow">Whether the project checks integer arithmetic for overflow.</param>
    /// <param name="symbols">The symbols that the project defines.</param>
    public static GeneratorRun Of(
        IEnumerable<(string Path, string Text)> plans,
        IEnumerable<string>? sources = null,
        bool allowUnsafe = true,
        LanguageVersion languageVersion = LanguageVersion.CSharp12,
        IEnumerable<(string Path, string Text)>? kernels = null,
        bool checksOverflow = false,
        IEnumerable<string>? symbols = null)
    {
        // Documentation is parsed, so that comments that are not well-formed are warnings.
        var parsing = new CSharpParseOptions(languageVersion, DocumentationMode.Diagnose, preprocessorSymbols: symbols);
        var compilation = CSharpCompilation.Create(
            "Generated_" + Guid.NewGuid().ToString("N"),
            (sources ?? []).Select((source, i) => CSharpSyntaxTree.ParseText(source, parsing, $"Source{i}.cs")),
            Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: allowUnsafe, checkOverflow: checksOverflow, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [(kernels is null ? new ModelGenerator() : new ModelGenerator(new KernelLibrary(kernels))).AsSourceGenerator()],
            Texts(plans),
            parsing,
            new PlanOptions(),
            new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(driver, compilation);
    }

    /// <summary>Runs it again after an edit, with what it remembers.</summary>
    public GeneratorRun After(Func<CSharpCompilation, CSharpCompilation> edit) => new(Driver, edit(Input));

    /// <summary>Runs it again with other plans.</summary>
    public GeneratorRun WithPlans(params (string Path, string Text)[] plans) => new(Driver.ReplaceAdditionalTexts(Texts(plans)), Input);

    /// <summary>The text of a generated file.</summary>
    public string File(string hintName) => Result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    private static ImmutableArray<AdditionalText> Texts(IEnumerable<(string Path, string Text)> plans) =>
        [.. plans.Select(plan => (AdditionalText)new PlanText(plan.Path, plan.Text))];

    private sealed class PlanText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class PlanOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Options(textFile is PlanText ? new() { ["build_metadata.AdditionalFiles.ModelBuildPlan"] = "true" } : []);
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
