using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ModelBuild.Integration.Tests.Building;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

/// <summary>Every error that the build itself reports, and how it passes on those of the model compiler.</summary>
[Collection(PackageCollection.Name)]
public sealed partial class DiagnosticTests : IClassFixture<DiagnosticTests.RestoredProject>
{
    private readonly TestProject _project;

    public DiagnosticTests(RestoredProject restored) => _project = restored.Project;

    [Theory]
    [InlineData("MB4201", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" /><OptimizedModel Include="Models/adult.onnx" Bits="8" />""")]
    [InlineData("MB4202", "absent.onnx", """<OptimizedModel Include="Models/absent.onnx" />""")]
    [InlineData("MB4203", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Class="my model" />""")]
    [InlineData("MB4203", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Namespace="My..Models" />""")]
    [InlineData("MB4204", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Calibration="Models/*.npz" />""")]
    [InlineData("MB4001", "adult.onnx", """<OptimizedModel Include="Models/adult.onnx" Bitz="8" />""")]
    public void A_wrong_item_is_an_error_with_a_code_at_the_model(string code, string file, string items)
    {
        var (result, log) = Optimize(items);

        result.ExitCode.ShouldNotBe(0);
        var error = log.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe(code);
        error.File.ShouldBe(_project.PathOf($"Models/{file}"));
    }

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
    public void A_target_framework_that_the_generated_code_cannot_run_on_is_an_error()
    {
        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", "-p:TargetFramework=netstandard2.0");

        log.Errors.ShouldHaveSingleItem().Code.ShouldBe("MB4207");
    }

    [Fact]
    public void An_absent_compiler_is_an_error()
    {
        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", "-p:ModelBuildCompilerPath=/nowhere/ModelBuild.Compiler.dll");

        log.Errors.ShouldHaveSingleItem().Code.ShouldBe("MB4205");
    }

    [Fact]
    public void A_compiler_that_does_not_start_is_an_error_with_its_last_words()
    {
        var broken = _project.Write("broken/ModelBuild.Compiler.dll", "not an assembly").PathOf("broken/ModelBuild.Compiler.dll");

        var (_, log) = Optimize("""<OptimizedModel Include="Models/adult.onnx" />""", $"-p:ModelBuildCompilerPath={broken}");

        var error = log.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("MB4206");
        error.Text.ShouldContain("broken");
    }

    [Fact]
    public void An_unknown_instruction_set_is_an_error()
    {
        Write("""<OptimizedModel Include="Models/adult.onnx" />""");

        var (_, log) = _project.Command("msbuild", ["-t:ModelBuildOptimize"], ("MODELBUILD_ISA", "mmx"));

        log.Errors.ShouldHaveSingleItem().Code.ShouldBe("MB4208");
    }

    [Fact]
    public void Every_code_has_a_page()
    {
        var sources = new[] { RepositoryRoot.Combine("src", "ModelBuild.Tasks", "Problem.cs"), RepositoryRoot.Combine("build", "ModelBuild.targets") };
        var codes = sources.SelectMany(source => Code().Matches(File.ReadAllText(source))).Select(match => match.Value).Distinct().ToArray();

        codes.Length.ShouldBeGreaterThan(6);
        foreach (var code in codes)
        {
            File.ReadAllText(RepositoryRoot.Combine("docs", "diagnostics", $"{code}.md")).ShouldStartWith($"# {code}");
        }
    }

    [GeneratedRegex(@"\bMB42\d\d\b")]
    private static partial Regex Code();

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
