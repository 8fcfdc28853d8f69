using System;
using ModelBuild.Integration.Tests.Building;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Integration.Tests;

/// <summary>What an IDE does when it opens a project that was never built.</summary>
[Collection(PackageCollection.Name)]
public sealed class DesignTimeBuildTests(LocalFeed feed, ITestOutputHelper output)
{
    private static readonly string[] DesignTime = ["-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:ProvideCommandLineArgs=true"];

    [Fact]
    public void A_cold_design_time_build_knows_the_class_and_a_build_after_it_runs_the_model()
    {
        var project = AdultProject.Create(feed, "DesignTime");
        project.Command("restore", []).Result.OrThrow();

        // With the C# compiler, which an IDE leaves out, to prove that the code that uses the class compiles.
        var (result, log) = project.Command("msbuild", ["-t:Compile", .. DesignTime]);

        result.OrThrow();
        output.WriteLine($"cold design-time build with csc: {result.Time.TotalSeconds:F1} s");
        log.CompilerStarts.ShouldBe(1);
        project.Results(".signature.plan").Count.ShouldBe(1);
        project.Results(".weights").ShouldBeEmpty();

        project.RunTarget("Compile", DesignTime).CompilerStarts.ShouldBe(0);

        var built = project.Build("--no-restore");
        built.CompiledModels.Count.ShouldBe(1);
        built.CSharpRuns.ShouldBe(1);
        project.Run().Length.ShouldBe(8 * 8);
    }

    [Fact]
    public void A_model_that_cannot_be_read_does_not_stop_a_design_time_build()
    {
        var project = AdultProject.Create(feed, "DesignTimeBroken").Write("Models/adult.onnx", "not a model").Write("Program.cs", "return;");

        var (result, log) = project.Command("msbuild", ["-restore", "-t:Compile", "-p:TreatWarningsAsErrors=false", .. DesignTime]);

        result.OrThrow();
        log.Warnings.ShouldContain(warning => warning.StartsWith("MB1", StringComparison.Ordinal));
    }
}
