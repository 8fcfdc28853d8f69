using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>What the generator reports, and that it never fails instead.</summary>
public class DiagnosticTests
{
    [Theory]
    [Reports("MB4101")]
    [InlineData("", "The plan is empty.")]
    [InlineData("modelbuild-plan-4 key\nslot x x", "Line 2 of the plan: nothing should stand at character 7.")]
    public void A_plan_that_cannot_be_read_is_MB4101(string text, string reason) => SingleMessage("MB4101", ("/obj/bad.plan", text)).ShouldContain(reason);

    [Theory]
    [Reports("MB4101")]
    [InlineData("class TestModel", "class 1Model", "'1Model' is not a class name.")]
    [InlineData("class TestModel", "class Workspace", "the class cannot be called 'Workspace'")]
    [InlineData("\"Sample\"", "\"Sam ple\"", "'Sam ple' is not a namespace.")]
    [InlineData("call UnaryF32.Run", "call NoSuchF32.Run", "kernel 'NoSuchF32.Run' is not in this version of the generator.")]
    [InlineData("call UnaryF32.Run", "call UnaryF32", "'UnaryF32' is not a kernel's class and method.")]
    [InlineData("<NegF32>", "<NoSuchF32>", "type 'NoSuchF32' is not in this version of the generator.")]
    [InlineData("x=<0", "x=<7", "a call of UnaryF32.Run names buffer 7, which does not exist.")]
    [InlineData("x=<0", "x+1=<0", "'x+1' in a call of UnaryF32.Run is not an identifier.")]
    [InlineData("y=>2", "y=>0", "a call of UnaryF32.Run writes buffer 'x', which it cannot: it is of storage Input.")]
    [InlineData("f32 [1,8] arena 0 0", "f32 [1,9] arena 0 64", "buffer 'middle' (36 bytes from 64) exceeds the 64 bytes of slot 0.")]
    [InlineData("f32 [1,8] arena 0 0", "f32 [1,8] arena 3 0", "buffer 'middle' names slot 3, which does not exist.")]
    [InlineData("f32 [1,8] arena 0 0", "f32 [n,8] arena 0 0", "the shape of buffer 'middle' names symbol 'n', which is not known there.")]
    [InlineData("f32 [1,8] arena 0 0", "string [1,8] arena 0 0", "buffer 'middle' is text, which is not kept in storage Arena.")]
    [InlineData("threads 1", "threads 65", "65 is not a number of threads.")]
    [InlineData("\n note \"8 values\"", "\n parts n 1", "UnaryF32.Run names symbol 'n', which is not known there.")]
    [InlineData("call UnaryF32.Run<NegF32> x=<0 y=>2 operation=NegF32{}", "call Copy.Run<f32> x=<0 y=>2\n parts 2 1", "a call of Copy.Run has 2 parts, but cannot be cut.")]
    [InlineData("f32 [1,8] arena 0 0", "f32 [1,8] constant 0 0", "buffer 'middle' (32 bytes from 0) exceeds the 0 bytes of its memory.")]
    public void A_plan_that_makes_no_sense_is_MB4101(string old, string replacement, string reason)
    {
        var text = PlanWriter.Write(Sketch("TestModel").Plan);
        text.ShouldContain(old);
        SingleMessage("MB4101", ("/obj/bad.plan", text.Replace(old, replacement, System.StringComparison.Ordinal))).ShouldContain(reason);
    }

    [Fact]
    public void A_damaged_plan_does_not_keep_others_from_being_written()
    {
        var run = GeneratorRun.Of([("/obj/bad.plan", "nonsense"), ("/obj/good.plan", PlanWriter.Write(Sketch("GoodModel").Plan))]);

        run.Result.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().Path)).ShouldBe([("MB4101", "/obj/bad.plan")]);
        run.File("GoodModel.g.cs").ShouldContain("class GoodModel");
    }

    [Fact]
    [Reports("MB4102")]
    public void An_old_language_version_is_MB4102()
    {
        var run = GeneratorRun.Of([("/obj/a.plan", PlanWriter.Write(Sketch("AModel").Plan))], languageVersion: LanguageVersion.CSharp11);

        Reported.Code(run.Diagnostics.Single().Id).ShouldBe("MB4102");
        run.Diagnostics.Single().GetMessage().ShouldContain("C# 11.0");
        run.Result.GeneratedSources.ShouldBeEmpty();
    }

    [Fact]
    [Reports("MB4104")]
    public void Several_threads_without_unsafe_code_are_MB4104()
    {
        var run = GeneratorRun.Of([("/obj/a.plan", PlanWriter.Write(Threads.Of(Sketch("AModel").Plan, 4)))], allowUnsafe: false);

        // The only error: the class is written for one thread, so that nothing else is missing.
        Reported.Code(run.Diagnostics.ShouldHaveSingleItem().Id).ShouldBe("MB4104");
        run.File("AModel.g.cs").ShouldNotContain("ForkJoin");
    }

    [Fact]
    [Reports("MB4103")]
    public void Two_models_of_one_class_are_MB4103() =>
        SingleMessage("MB4103", ("/obj/a.plan", PlanWriter.Write(Sketch("AModel").Plan)), ("/obj/b.plan", PlanWriter.Write(Sketch("AModel").Plan))).ShouldContain("class 'Sample.AModel'");

    [Fact]
    [Reports("MB9001")]
    public void A_failure_of_our_own_is_MB9001_and_does_not_silence_the_rest()
    {
        // A name that the compiler refuses for a generated file.
        (string, string)[] kernels = [("UnaryF32/Unary<F32.cs", "internal static class UnaryF32 { internal static void Run() { } } struct NegF32 { } struct AbsF32 { }")];
        var run = GeneratorRun.Of([("/obj/a.plan", PlanWriter.Write(Sketch("AModel").Plan))], kernels: kernels);

        Reported.Code(run.Result.Diagnostics.ShouldHaveSingleItem().Id).ShouldBe("MB9001");
        run.File("AModel.g.cs").ShouldContain("class AModel");
    }

    [Fact]
    public void Two_models_of_one_name_in_different_namespaces_are_fine()
    {
        var run = GeneratorRun.Of([("/obj/a.plan", PlanWriter.Write(Sketch("AModel").Plan)), ("/obj/b.plan", PlanWriter.Write(Sketch("AModel", "Other").Plan))]);

        run.Diagnostics.ShouldBeEmpty();
        run.Result.GeneratedSources.Select(source => source.HintName).Where(name => name.Contains("AModel", System.StringComparison.Ordinal)).ShouldBe(["Sample.AModel.g.cs", "Other.AModel.g.cs"]);
    }

    [Fact]
    public void Files_that_are_no_plans_are_left_alone() => GeneratorRun.Of([]).Result.GeneratedSources.ShouldBeEmpty();

    private static string SingleMessage(string id, params (string Path, string Text)[] plans)
    {
        var diagnostic = GeneratorRun.Of(plans).Diagnostics.ShouldHaveSingleItem();
        Reported.Code(diagnostic.Id).ShouldBe(id);
        return diagnostic.GetMessage();
    }

    private static PlanSketch Sketch(string className, string inNamespace = "Sample")
    {
        var sketch = new PlanSketch { ClassName = className, Namespace = inNamespace };
        var x = sketch.Input("x", ElementType.Float, 1, 8);
        var y = sketch.Output("y", ElementType.Float, 1, 8);
        var middle = sketch.Arena("middle", 1, 8);
        return sketch.Unary("NegF32", x, middle).Unary("AbsF32", middle, y);
    }
}
