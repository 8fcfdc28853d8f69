using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>
/// A model gives the same answers whichever pass is left out, and without all that can be left out: the passes of float models keep the meaning, up to the order in which some of them add.
/// </summary>
[Collection(CaseCollection.Name)]
public sealed class PassTwinTests(CaseFolder cases)
{
    // Relative to the range of an output; a batch normalization in the weights rounds once more.
    private static readonly Tolerance Tolerance = new(1e-4, 1e-6, 2e-5, Steps: 1);

    // Passes without which some operators have no kernels, or others would not know what they see.
    private static readonly string[] Needed = [nameof(ExpandGemm), nameof(ConvertLayout), nameof(ExpandBatchNormalization), nameof(WidenHalfPrecision), nameof(UseNewForms)];

    private static readonly string[] Passes = [.. Pipelines.Simplify.Concat(Pipelines.Fuse).Select(pass => pass.Name).Distinct().Except(Needed)];

    [SkippableTheory]
    [InlineData("node")]
    [InlineData("simple")]
    [InlineData("pytorch-converted")]
    [InlineData("pytorch-operator")]
    public void Cases_give_the_same_whichever_pass_is_left_out(string category) => Compare(Path.Combine(cases.Path, category));

    [SkippableFact]
    public void Trained_models_give_the_same_whichever_pass_is_left_out() => Compare(TestData.Require("trained"));

    [SkippableFact]
    public void Real_models_give_the_same_whichever_pass_is_left_out() => Compare(TestData.Require("real"));

    private static void Compare(string folder)
    {
        var differences = new List<string>();
        foreach (var item in VerifyCase.Find(folder))
        {
            if (OnnxReader.Read(item.Model, new DiagnosticSink()) is { } model && GraphImporter.Import(model, DimensionOverrides.None, new DiagnosticSink()) is { } graph && !CaseTolerance.IsRandom(model.Graph))
            {
                differences.AddRange(Differences(item, model, graph));
            }
        }

        differences.ShouldBeEmpty();
    }

    // Only a pass that does something has a twin to run.
    private static IEnumerable<string> Differences(VerifyCase item, OnnxModel model, Graph graph)
    {
        var whole = Optimize(graph, _ => true);
        var inputs = CaseReader.Read(item, model, graph).First().Inputs;
        var expected = new Lazy<IReadOnlyList<Tensor>>(() => Run(whole, inputs));
        foreach (var left in Passes.Prepend(null))
        {
            var twin = Optimize(graph, pass => left is null ? Needed.Contains(pass) : pass != left);
            if (twin.ToString() != whole.ToString()
                && expected.Value.Zip(Run(twin, inputs), (a, b) => Comparison.Difference(b, a, Tolerance)).FirstOrDefault(difference => difference is not null) is { } difference)
            {
                yield return $"{item.Name} without {left ?? "all that can be left out"}: {difference}";
            }
        }
    }

    private static IReadOnlyList<Tensor> Run(Graph graph, IReadOnlyList<Tensor> inputs) => new ProgramRunner(ProgramBuilder.Lower(graph)).Run(inputs);

    private static Graph Optimize(Graph graph, Func<string, bool> keeps)
    {
        var simple = PassPipeline.Run(graph, [.. Pipelines.Simplify.Where(pass => keeps(pass.Name))], null);
        return PassPipeline.Run(simple, [.. Pipelines.Fuse.Where(pass => keeps(pass.Name))], null);
    }
}
