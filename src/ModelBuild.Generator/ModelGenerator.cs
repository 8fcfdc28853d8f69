using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Reading;
using ModelBuild.Generator.Sources;

namespace ModelBuild.Generator;

/// <summary>
/// Writes a class for every plan among the additional files, and the sources of the kernels that the classes use. A plan's text decides whether its class is
/// written again; no other edit in the project causes any work.
/// </summary>
[Generator]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The metadata that marks an additional file as a plan.</summary>
    private const string PlanMetadata = "build_metadata.AdditionalFiles.ModelBuildPlan";

    private readonly KernelLibrary _library;

    public ModelGenerator()
        : this(KernelLibrary.Embedded)
    {
    }

    internal ModelGenerator(KernelLibrary library) => _library = library;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var plans = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(pair => pair.Right.GetOptions(pair.Left).TryGetValue(PlanMetadata, out var isPlan) && bool.TryParse(isPlan, out var value) && value)
            .Select((pair, cancellation) => new PlanFile(pair.Left.Path, pair.Left.GetText(cancellation)?.ToString() ?? string.Empty))
            .WithTrackingName("PlanFiles")
            .Select((file, _) => LoadedPlan.Load(file, _library))
            .WithTrackingName("Plans");

        var project = context.CompilationProvider
            .Select((compilation, _) => (AllowUnsafe: compilation.Options is CSharpCompilationOptions { AllowUnsafe: true }, ChecksOverflow: compilation.Options.CheckOverflow))
            .Combine(context.ParseOptionsProvider)
            .Select((pair, _) => ProjectSettings.Of(pair.Left, (CSharpParseOptions)pair.Right))
            .WithTrackingName("Project");

        var classes = plans.Collect().SelectMany((all, _) => ModelToEmit.Assign(all)).Combine(project).WithTrackingName("Classes");
        context.RegisterSourceOutput(classes, (output, pair) => EmitClass(output, pair.Left, pair.Right));

        var kernels = plans.Collect()
            .Select((all, _) => new EquatableArray<string>(KernelUse.Files(all, _library)))
            .SelectMany((paths, _) => paths)
            .Combine(project)
            .WithTrackingName("Kernels");
        context.RegisterSourceOutput(kernels, (output, pair) => EmitKernel(output, _library[pair.Left], pair.Right));
    }

    private static void EmitClass(SourceProductionContext output, ModelToEmit model, ProjectSettings project)
    {
        var location = Location.Create(model.Loaded.File.Path, default, default);
        if (model.Loaded.Plan is not { } plan)
        {
            output.ReportDiagnostic(Diagnostic.Create(Diagnostics.InvalidPlan, location, model.Loaded.Problem));
        }
        else if (project.LanguageVersion < LanguageVersion.CSharp12)
        {
            output.ReportDiagnostic(Diagnostic.Create(Diagnostics.LanguageVersion, location, project.LanguageVersion.ToDisplayString()));
        }
        else if (model.SameClassAs is { } other)
        {
            output.ReportDiagnostic(Diagnostic.Create(Diagnostics.DuplicateClass, location, other, plan.Source.File, model.FullName));
        }
        else
        {
            // The class is written all the same, for one thread: one error says more than all those about a missing class.
            if (plan.IsParallel && !project.AllowUnsafe)
            {
                output.ReportDiagnostic(Diagnostic.Create(Diagnostics.UnsafeThreads, location, plan.Source.File));
            }

            Emit(output, location, model.HintName, () => ModelClass.Write(plan, project));
        }
    }

    private static void EmitKernel(SourceProductionContext output, KernelSource kernel, ProjectSettings project)
    {
        if (project.LanguageVersion >= LanguageVersion.CSharp12)
        {
            Emit(output, Location.None, kernel.HintName, () => KernelFile.Write(kernel, project));
        }
    }

    // An exception would switch the whole generator off with a warning that says little; a plan that trips us up must not silence the other models.
    private static void Emit(SourceProductionContext output, Location location, string hintName, Func<string> write)
    {
        try
        {
            output.AddSource(hintName, SourceText.From(write(), Encoding.UTF8));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.ReportDiagnostic(Diagnostic.Create(Diagnostics.InternalError, location, $"{hintName}: {exception.GetType().Name}: {exception.Message}"));
        }
    }
}
