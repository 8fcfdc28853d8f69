using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Integration.Tests.Building;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

/// <summary>A build can be repeated bit for bit: in another folder, and on a machine with other instructions.</summary>
[Collection(PackageCollection.Name)]
public sealed class DeterminismTests(LocalFeed feed)
{
    // What .NET 10 listens to, from all that this processor has down to scalar code; the same as in build/test-isa.sh.
    private static readonly (string Name, string Value)[][] InstructionSets =
    [
        [],
        [("DOTNET_EnableAVX512", "0")],
        [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVXVNNI", "0")],
        [("DOTNET_EnableAVX2", "0")],
        [("DOTNET_EnableHWIntrinsic", "0")],
    ];

    private static readonly string[] Extensions = [".plan", ".weights", ".report.md", ".optimized.onnx"];

    private const string Content = """
        <PropertyGroup>
          <OutputType>Library</OutputType>
          <RootNamespace>Repeated</RootNamespace>
          <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
          <CompilerGeneratedFilesOutputPath>generated</CompilerGeneratedFilesOutputPath>
        </PropertyGroup>
        <ItemGroup>
          <Compile Remove="generated/**" />
          <OptimizedModel Include="Models/digits.onnx" Bits="8" Calibration="Models/calibration.npy" />
          <OptimizedModel Include="Models/adult.onnx" Bits="8" Sparsity="0.5" Calibration="Models/census.npy" />
        </ItemGroup>
        """;

    [Fact]
    public void Builds_in_two_folders_and_for_two_instruction_sets_give_the_same_files()
    {
        var one = Build("here", InstructionSets[0]);
        var other = Build(Path.Combine("far", "away", "from", "here"), InstructionSets[^1]);

        one.Keys.Count(name => name.EndsWith(".cs", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        one.Keys.Count(name => Extensions.Any(name.EndsWith)).ShouldBe(2 * Extensions.Length);
        Different(one, other).ShouldBeEmpty();
    }

    [Fact]
    public void The_compiler_writes_the_same_files_whatever_the_instruction_set()
    {
        var project = Create("levels");
        project.Command("restore", []).Result.OrThrow();
        var compiler = Directory.EnumerateFiles(Path.Combine(feed.Root, "packages", "modelbuild"), "ModelBuild.Compiler.dll", SearchOption.AllDirectories).Single();
        project.Write("commands.rsp", """
            compile Models/digits.onnx --out results --bits 8 --calibration Models/calibration.npy
            compile Models/adult.onnx --out results --bits 8 --sparsity 0.5 --calibration Models/census.npy
            """);
        var results = InstructionSets.Select(variables =>
        {
            var folder = project.PathOf("results");
            DotNet.Run(project.Folder, ["exec", compiler, "@commands.rsp"], variables).OrThrow();
            var files = Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
            Directory.Delete(folder, recursive: true);
            return files;
        }).ToArray();

        results[0].Keys.Count(name => Extensions.Any(name.EndsWith)).ShouldBe(2 * Extensions.Length);

        foreach (var result in results.Skip(1))
        {
            Different(results[0], result).ShouldBeEmpty();
        }
    }

    private Dictionary<string, byte[]> Build(string parent, (string Name, string Value)[] environment)
    {
        var project = Create(parent);
        project.Command("build", [], environment).Result.OrThrow();
        var generated = Directory.EnumerateFiles(project.PathOf("generated"), "*.cs", SearchOption.AllDirectories);
        return Extensions.SelectMany(project.Results).Concat(generated).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
    }

    private TestProject Create(string parent) => new TestProject(feed, "Repeated", Content, parent: parent)
        .Copy("Models/digits.onnx", "sample-app", "Models", "digits.onnx")
        .Copy("Models/calibration.npy", "sample-app", "Models", "calibration.npy")
        .Copy("Models/adult.onnx", "tests", "ModelBuild.Integration.Tests", "Models", "adult.onnx")
        .Copy("Models/census.npy", "tests", "ModelBuild.Integration.Tests", "Models", "calibration-1.npy");

    private static string[] Different(Dictionary<string, byte[]> one, Dictionary<string, byte[]> other) =>
        [.. one.Keys.Union(other.Keys).Where(name => !one.TryGetValue(name, out var a) || !other.TryGetValue(name, out var b) || !a.AsSpan().SequenceEqual(b)).Order(StringComparer.Ordinal)];
}
