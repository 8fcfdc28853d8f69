using System;
using System.IO;
using System.Linq;
using ModelBuild.Integration.Tests.Building;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

/// <summary>Each test starts from a project that was built and leaves one behind.</summary>
[Collection(PackageCollection.Name)]
public sealed class IncrementalBuildTests : IClassFixture<IncrementalBuildTests.BuiltProject>
{
    private readonly TestProject _project;

    public IncrementalBuildTests(BuiltProject built)
    {
        _project = built.Project;
        _project.Build("--no-restore");
    }

    [Fact]
    public void A_build_without_changes_starts_neither_the_model_compiler_nor_the_C_sharp_compiler()
    {
        var log = _project.Build("--no-restore");

        log.CompilerStarts.ShouldBe(0);
        log.CSharpRuns.ShouldBe(0);
    }

    [Fact]
    public void A_model_that_was_touched_but_not_changed_gives_the_same_results_and_compiles_nothing()
    {
        File.SetLastWriteTimeUtc(_project.PathOf("Models/adult.onnx"), DateTime.UtcNow);

        var touched = _project.Build("--no-restore");
        var after = _project.Build("--no-restore");

        touched.CompilerStarts.ShouldBe(1);
        touched.CompiledModels.ShouldBeEmpty();
        touched.CSharpRuns.ShouldBe(0);
        after.CompilerStarts.ShouldBe(0);
    }

    [Fact]
    public void A_changed_option_compiles_the_model_again_and_changing_it_back_does_not()
    {
        var changed = _project.Build("--no-restore", "-p:TestRanges=percentile");
        var changedBack = _project.Build("--no-restore");

        changed.CompiledModels.Count.ShouldBe(1);
        changed.CSharpRuns.ShouldBe(1);
        changedBack.CompilerStarts.ShouldBe(0);
        changedBack.CSharpRuns.ShouldBe(1);
    }

    [Theory]
    [InlineData(".plan")]
    [InlineData(".weights")]
    public void A_deleted_result_is_made_again(string extension)
    {
        foreach (var result in _project.Results(extension))
        {
            File.Delete(result);
        }

        var log = _project.Build("--no-restore");

        log.CompilerStarts.ShouldBe(1);
        _project.Results(extension).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_changed_set_of_calibration_samples_compiles_the_model_again()
    {
        var sample = _project.Copy("Models/calibration/2.npy", "tests", "ModelBuild.Integration.Tests", "Models", "calibration-2.npy").PathOf("Models/calibration/2.npy");
        File.SetLastWriteTimeUtc(sample, DateTime.UtcNow.AddDays(-1));

        var added = _project.Build("--no-restore");
        File.Delete(sample);
        var removed = _project.Build("--no-restore");

        added.CompiledModels.Count.ShouldBe(1);
        removed.CSharpRuns.ShouldBe(1);
    }

    [Fact]
    public void A_clean_removes_all_results()
    {
        _project.Command("clean", []).Result.OrThrow();

        Directory.Exists(_project.ModelFolder).ShouldBeFalse();
        Directory.EnumerateFiles(_project.PathOf("bin"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Builds_that_race_compile_a_model_once()
    {
        Directory.Delete(_project.ModelFolder, recursive: true);

        var logs = new[] { 1, 2 }.AsParallel().WithDegreeOfParallelism(2)
            .Select(number => RunTarget("ModelBuildOptimize", number)).ToArray();

        logs.Sum(log => log.CompiledModels.Count).ShouldBe(1);
        _project.Results(".plan").Count.ShouldBe(1);
    }

    private BuildLog RunTarget(string target, int number)
    {
        var path = _project.PathOf($"race{number}.binlog");
        DotNet.Run(_project.Folder, ["msbuild", $"-t:{target}", "-p:Configuration=Release", "-nodeReuse:false", "-v:q", $"-bl:{path}"]).OrThrow();
        return new BuildLog(path);
    }

    public sealed class BuiltProject
    {
        public BuiltProject(LocalFeed feed)
        {
            Project = AdultProject.Create(feed, "Incremental");
            Project.Build();
        }

        internal TestProject Project { get; }
    }
}
