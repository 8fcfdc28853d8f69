using System.Collections.Generic;
using System.Linq;
using ModelBuild.Integration.Tests.Building;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

/// <summary>Every error that the build itself reports, and how it passes on those of the model compiler.</summary>
[Collection(PackageCollection.Name)]
public sealed class DiagnosticTests : IClassFixture<DiagnosticTests.RestoredProject>
{
    private readonly TestProject _project;

    public DiagnosticTests(RestoredProject restored) => _project = restored.Project;

    [Fact]
    [Reports("MB4201")]
    public void Two_models_of_one_class_are_an_error() =>
        Check("MB4201", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" /><OptimizedModel Include="Models/adult.onnx" Bits="8" />""");

    [Fact]
    [Reports("MB4202")]
    public void An_absent_model_is_an_error() => Check("MB4202", "absent.onnx", """<OptimizedModel Include="Models/absent.onnx" />""");

    [Theory]
    [Reports("MB4203")]
    [InlineData("Class", "my model")]
    [InlineData("Namespace", "My..Models")]
    public void A_name_that_C_sharp_does_not_allow_is_an_error(string name, string value) =>
        Check("MB4203", "adult.onnx", $"""<OptimizedModel Include="Models/adult.onnx" {name}="{value}" />""");

    [Fact]
    [Reports("MB4204")]
    public void A_pattern_that_nothing_matches_is_an_error() =>
        Check("MB4204", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Calibration="Models/*.npz" />""");

    [Fact]
    [Reports("MB4001")]
    public void An_error_of_the_compiler_is_passed_on() => Check("MB4001", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Bitz="8" />""");

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var (_, log) = Optimize("""
            <OptimizedModel Include="Models/absent.onnx" Class="1" />
            <OptimizedModel Include="Models/adult.onnx" Calibration="nothing.npy" />
            """);

        log.Errors.Select(error => error.Code).Order().ShouldBe(["MB4202", "MB4203", "MB4204"]);
    }

    [Fact]
    [Reports("MB4207")]
    public void A_target_framework_that_the_generated_code_cannot_run_on_is_an_error()
    {
        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", "-p:TargetFramework=netstandard2.0");

        Reported.Code(log.Errors.ShouldHaveSingleItem().Code).ShouldBe("MB4207");
    }

    [Fact]
    [Reports("MB4205")]
    public void An_absent_compiler_is_an_error()
    {
        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", "-p:ModelBuildCompilerPath=/nowhere/ModelBuild.Compiler.dll");

        Reported.Code(log.Errors.ShouldHaveSingleItem().Code).ShouldBe("MB4205");
    }

    [Fact]
    [Reports("MB4206")]
    public void A_compiler_that_does_not_start_is_an_error_with_its_last_words()
    {
        var broken = _project.Write("broken/ModelBuild.Compiler.dll", "not an assembly").PathOf("broken/ModelBuild.Compiler.dll");

        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", $"-p:ModelBuildCompilerPath={broken}");

        var error = log.Errors.ShouldHaveSingleItem();
        Reported.Code(error.Code).ShouldBe("MB4206");
        error.Text.ShouldContain("broken");
    }

    [Fact]
    [Reports("MB4208")]
    public void An_unknown_instruction_set_is_an_error()
    {
        Write("""<OptimizedModel Include="Models/adult.onnx" />""");

        var (_, log) = _project.Command("msbuild", ["-t:ModelBuildOptimize"], ("MODELBUILD_ISA", "mmx"));

        Reported.Code(log.Errors.ShouldHaveSingleItem().Code).ShouldBe("MB4208");
    }

    private void Check(string code, string file, string items)
    {
        var (result, log) = Optimize(items);

        result.ExitCode.ShouldNotBe(0);
        var error = log.Errors.ShouldHaveSingleItem();
        Reported.Code(error.Code).ShouldBe(code);
        error.File.ShouldBe(_project.PathOf($"Models/{file}"));
    }

    private (CommandResult Result, BuildLog Log) Optimize(string items, params IEnumerable<string> arguments)
    {
        Write(items);
        return _project.Command("msbuild", ["-t:ModelBuildOptimize", .. arguments]);
    }

    // The project imports its items, so that it is restored only once.
    private void Write(string items) => _project.Write("items.props", $"<Project><ItemGroup>{items}</ItemGroup></Project>");

    public sealed class RestoredProject
    {
        public RestoredProject(LocalFeed feed)
        {
            Project = AdultProject.Create(feed, "Wrong", """<Import Project="items.props" />""").Write("items.props", "<Project />");
            Project.Command("restore", []).Result.OrThrow();
        }

        internal TestProject Project { get; }
    }
}
