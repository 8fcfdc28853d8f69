using ModelBuild.Integration.Tests.Building;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

/// <summary>Projects with several target frameworks, several models, or a model in a library.</summary>
[Collection(PackageCollection.Name)]
public sealed class ProjectShapeTests(LocalFeed feed)
{
    [Fact]
    public void Target_frameworks_share_the_work_and_give_the_same_answers()
    {
        var project = AdultProject.Create(feed, "MultiTarget", targetFrameworks: "net9.0;net10.0");

        var log = project.Build("-m:2");

        log.CompiledModels.Count.ShouldBe(1);
        log.CSharpRuns.ShouldBe(2);
        project.Run("net9.0").ShouldBe(project.Run("net10.0"));

        var rebuilt = project.Build("--no-restore", "-m:2", "-t:Rebuild");
        rebuilt.CompiledModels.Count.ShouldBe(1);

        project.Command("clean", ["-m:2"]).Result.OrThrow();
        project.Results(".plan").ShouldBeEmpty();
    }

    [Fact]
    public void A_library_under_the_strictest_analysis_builds_without_warnings_and_its_model_runs_in_a_program()
    {
        var library = AdultProject.Create(feed, "Census.Library", """
            <PropertyGroup>
              <AnalysisMode>All</AnalysisMode>
              <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
              <GenerateDocumentationFile>true</GenerateDocumentationFile>
            </PropertyGroup>
            <ItemGroup>
              <OptimizedModel Include="Models/adult.onnx" />
            </ItemGroup>
            """).Write("Program.cs", """
            using System;

            [assembly: CLSCompliant(false)]
            [assembly: System.Runtime.InteropServices.ComVisible(false)]

            namespace Census.Library;

            /// <summary>Predicts incomes.</summary>
            public static class Income
            {
                /// <summary>The probabilities for one person.</summary>
                public static float[] Predict(ReadOnlySpan<float> person) => AdultModel.Predict(person);
            }
            """);
        var program = new TestProject(feed, "Census.Program", """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
            </PropertyGroup>
            <ItemGroup>
              <ProjectReference Include="../Census.Library/Census.Library.csproj" />
            </ItemGroup>
            """).Write("Program.cs", "System.Console.Write(Census.Library.Income.Predict(new float[107]).Length);");

        var log = program.Build();

        log.Warnings.ShouldBeEmpty();
        log.CompiledModels.Count.ShouldBe(1);
        library.Results(".plan").Count.ShouldBe(1);
        program.Run().ShouldBe("2");
    }

    [Fact]
    public void Files_of_the_same_name_and_one_file_with_two_sets_of_options_do_not_collide()
    {
        var project = AdultProject.Create(feed, "SameName", """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
            </PropertyGroup>
            <ItemGroup>
              <OptimizedModel Include="Models/adult.onnx" Class="First" />
              <OptimizedModel Include="Models/adult.onnx" Class="Second" Bits="8" />
              <OptimizedModel Include="Other/adult.onnx" Class="First" Namespace="SameName.Other" />
            </ItemGroup>
            """)
            .Copy("Other/adult.onnx", "tests", "ModelBuild.Integration.Tests", "Models", "adult.onnx")
            .Write("Program.cs", """
                var input = new float[107];
                System.Console.Write(string.Join(' ', SameName.First.Predict(input).Length, SameName.Second.Predict(input).Length, SameName.Other.First.Predict(input).Length));
                """);

        var log = project.Build();

        log.CompilerStarts.ShouldBe(1);
        log.CompiledModels.Count.ShouldBe(3);
        project.Results(".weights").Count.ShouldBe(3);
        project.Run().ShouldBe("2 2 2");
    }
}
