using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>
/// A model gives the same answers whichever pass is left out, and without all that can be left out: the passes of float models keep the meaning, up to the order in which some of them add.
/// </summary>
[Collection(CaseCollection.Name)]
public sealed class PassTwinTests(CaseFolder cases)
{
    // Relative to the range of an output; a batch normalization in the weights rounds once more.
    private static readonly Tolerance Tolerance = new(1e-4, 1e-6, 2e-5, Steps: 1);

    // Passes without which some operators have no kernels.
    private static readonly string[] Needed = [nameof(ExpandGemm), nameof(ConvertLayout), nameof(ExpandBatchNormalization), nameof(WidenHalfPrecision)];

    [SkippableFact]
    public void Cases_give_the_same_with_needed_passes_alone() => Compare(cases.Path, without: null);

    [SkippableTheory]
    [MemberData(nameof(Passes))]
    public void Trained_models_give_the_same_without_one_pass(string pass) => Compare(TestData.Require("trained"), pass);

    [SkippableTheory]
    [InlineData("tiny-mlp")]
    [InlineData("rl-policy")]
    [InlineData("wakeword")]
    [InlineData("vad")]
    [InlineData("image-classify")]
    public void Real_models_give_the_same_with_needed_passes_alone(string category) => Compare(TestData.Require("real", category), without: null);

    public static TheoryData<string> Passes => [.. Pipelines.Simplify.Concat(Pipelines.Fuse).Select(pass => pass.Name).Distinct()];

    private static void Compare(string folder, string? without)
    {
        var differences = new List<string>();
        foreach (var item in VerifyCase.Find(folder))
        {
            if (OnnxReader.Read(item.Model, new DiagnosticSink()) is { } model && GraphImporter.Import(model, new DimensionOverrides(new CompileOptions().Dimensions), new DiagnosticSink()) is { } graph && !CaseTolerance.IsRandom(model.Graph)
                && Difference(item, model, graph, without) is { } difference)
            {
                differences.Add($"{item.Name}: {difference}");
            }
        }

        differences.ShouldBeEmpty();
    }

    private static string? Difference(VerifyCase item, OnnxModel model, Graph graph, string? without)
    {
        var whole = new ProgramRunner(Lower(graph, pass => true));
        var twin = new ProgramRunner(Lower(graph, pass => without is null ? Needed.Contains(pass.Name) : pass.Name != without));
        var run = CaseReader.Read(item, model, graph).First();
        return whole.Run(run.Inputs).Zip(twin.Run(run.Inputs), (a, b) => Comparison.Difference(b, a, Tolerance)).FirstOrDefault(difference => difference is not null);
    }

    private static KernelProgram Lower(Graph graph, Func<Pass, bool> keeps)
    {
        var simple = PassPipeline.Run(graph, [.. Pipelines.Simplify.Where(keeps)], null);
        return ProgramBuilder.Lower(PassPipeline.Run(simple, [.. Pipelines.Fuse.Where(keeps)], null));
    }
}
