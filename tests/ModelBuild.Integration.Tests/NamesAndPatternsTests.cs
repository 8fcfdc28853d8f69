using System.IO;
using System.Linq;
using ModelBuild.Compiler.Cli;
using ModelBuild.Tasks;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

public sealed class NamesAndPatternsTests
{
    [Theory]
    [InlineData("digits", "DigitsModel")]
    [InlineData("mobilenet_v2-1.0", "MobilenetV210Model")]
    [InlineData("größe", "GrößeModel")]
    public void A_file_name_becomes_a_class_name(string file, string expected)
    {
        ClassNames.Of(file).ShouldBe(expected);
        Names.IsIdentifier(expected).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Company.App", "Company.App")]
    [InlineData("my-app.1", "my_app._1")]
    [InlineData("", "")]
    public void A_root_namespace_becomes_a_namespace(string root, string expected) => Names.Namespace(root).ShouldBe(expected);

    [Theory]
    [InlineData("a.npy", "a.npy")]
    [InlineData("*.npy", "a.npy b.npy")]
    [InlineData("?.npy", "a.npy b.npy")]
    [InlineData("in/*.npy", "in/c.npy")]
    [InlineData("**/*.npy", "a.npy b.npy in/c.npy in/deep/d.npy")]
    [InlineData("in/**", "in/c.npy in/deep/d.npy")]
    [InlineData("i*/**/d.npy", "in/deep/d.npy")]
    [InlineData("in", "in/c.npy")]
    [InlineData("in/../a.npy", "a.npy")]
    [InlineData("x.npy", "")]
    [InlineData("x/*.npy", "")]
    public void A_pattern_finds_files_in_a_fixed_order(string pattern, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("modelbuild-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "in", "deep"));
            foreach (var file in new[] { "b.npy", "a.npy", "axnpy", "in/c.npy", "in/deep/d.npy" })
            {
                File.WriteAllText(Path.Combine(folder, file), string.Empty);
            }

            var found = FilePattern.Expand(folder, pattern).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

            string.Join(' ', found).ShouldBe(expected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "DOTNET_EnableHWIntrinsic=0")]
    [InlineData("vector128", "DOTNET_EnableAVX2=0")]
    [InlineData("avx2", "DOTNET_EnableAVX512=0 DOTNET_EnableAVXVNNI=0")]
    [InlineData("avxvnni", "DOTNET_EnableAVX512=0")]
    [InlineData("avx512", "")]
    public void A_level_of_instruction_sets_hides_those_above_it(string? level, string expected)
    {
        InstructionSets.TryGetEnvironment(level, out var variables).ShouldBeTrue();

        string.Join(' ', variables).ShouldBe(expected);
    }

    [Fact]
    public void Options_reach_the_compiler_as_they_were_written()
    {
        var job = new ModelJob(
            "/m/a \"b\".onnx", "AModel", string.Empty, [new("Dimensions", "batch=1;sequence=1..128")], [], "/c/ModelBuild.Compiler.dll", "/out");

        job.CommandLine(signatureOnly: true).ShouldMatch(
            """^compile "/m/a \\"b\\".onnx" --out "/out[/\\]+[0-9a-f]{8}" --name "AModel" --class "AModel" --namespace "" --resource "AModel.weights" --set "Dimensions=batch=1;sequence=1..128" --signature-only$""");
    }
}
