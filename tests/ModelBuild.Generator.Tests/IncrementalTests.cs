using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>What is written again after an edit: only what the edit is about.</summary>
public class IncrementalTests
{
    [Fact]
    public void An_unrelated_edit_writes_nothing_again()
    {
        var first = GeneratorRun.Of([("/obj/a.plan", Text("AModel", "NegF32")), ("/obj/b.plan", Text("BModel", "AbsF32"))]);

        var second = first.After(project => project.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", (CSharpParseOptions?)first.Compilation.SyntaxTrees.First().Options)));

        OutputReasons(second).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
        OutputReasons(second).Length.ShouldBe(first.Result.GeneratedSources.Length);
    }

    [Fact]
    public void A_plan_that_was_read_again_with_the_same_text_writes_nothing_again()
    {
        var text = Text("AModel", "NegF32");
        var first = GeneratorRun.Of([("/obj/a.plan", text)]);

        var second = first.WithPlans(("/obj/a.plan", text));

        OutputReasons(second).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached || reason == IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void A_changed_plan_writes_its_own_class_again_and_no_other()
    {
        var other = Text("BModel", "AbsF32");
        var first = GeneratorRun.Of([("/obj/a.plan", Text("AModel", "NegF32")), ("/obj/b.plan", other)]);

        var second = first.WithPlans(("/obj/a.plan", Text("AModel", "SqrtF32")), ("/obj/b.plan", other));

        second.File("AModel.g.cs").ShouldContain("SqrtF32");
        OutputReasons(second).Count(reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New).ShouldBe(2); // The class and the new kernel.
        HintNames(second).ShouldContain("ModelBuild.Kernels.UnaryF32.SqrtF32.g.cs");
        HintNames(second).ShouldNotContain("ModelBuild.Kernels.UnaryF32.NegF32.g.cs");
    }

    [Fact]
    public void Allowing_unsafe_code_writes_the_weights_again()
    {
        var first = GeneratorRun.Of([("/obj/a.plan", Text("AModel", "NegF32"))], allowUnsafe: false);
        first.File("ModelBuild.Kernels.Runtime.EmbeddedWeights.g.cs").ShouldNotContain("#define");

        var second = first.After(project => project.WithOptions(project.Options.WithAllowUnsafe(true)));

        second.File("ModelBuild.Kernels.Runtime.EmbeddedWeights.g.cs").ShouldStartWith("#define MODELBUILD_UNSAFE\n");
        second.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Calls_are_counted_where_AVX512_comes_into_use_after_some_of_them_and_nowhere_else()
    {
        (string, string)[] plans = [("/obj/a.plan", Text("AModel", "NegF32"))];

        GeneratorRun.Of(plans, symbols: ["MODELBUILD_PRECOMPILED"]).File("AModel.g.cs").ShouldNotContain("LateAvx512");
        var late = GeneratorRun.Of(plans, symbols: ["MODELBUILD_PRECOMPILED", "MODELBUILD_LATE_AVX512"]);
        late.File("AModel.g.cs").ShouldContain("LateAvx512.CountCall();");
        late.Diagnostics.ShouldBeEmpty();
    }

    private static string[] HintNames(GeneratorRun run) => [.. run.Result.GeneratedSources.Select(source => source.HintName)];

    private static IncrementalStepRunReason[] OutputReasons(GeneratorRun run) =>
        [.. run.Result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static string Text(string className, string operation)
    {
        var sketch = new PlanSketch { ClassName = className };
        var x = sketch.Input("x", ElementType.Float, 1);
        var y = sketch.Output("y", ElementType.Float, 1);
        return PlanWriter.Write(sketch.Unary(operation, x, y).Plan);
    }
}
