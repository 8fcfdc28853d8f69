using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using ModelBuild.Integration.Tests.Building;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Integration.Tests;

[Collection(PackageCollection.Name)]
public sealed class PackageTests(LocalFeed feed)
{
    [Fact]
    public void The_package_holds_the_targets_the_task_the_generator_the_compiler_and_nothing_else()
    {
        using var package = ZipFile.OpenRead(feed.PackagePath);

        package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ShouldBe([
                "ModelBuild.nuspec",
                "README.md",
                "[Content_Types].xml",
                "analyzers/dotnet/cs/ModelBuild.Generator.dll",
                "build/ModelBuild.Publish.targets",
                "build/ModelBuild.props",
                "build/ModelBuild.targets",
                "buildMultiTargeting/ModelBuild.targets",
                "tasks/netstandard2.0/ModelBuild.Tasks.dll",
                "tools/net10.0/Google.Protobuf.dll",
                "tools/net10.0/ModelBuild.Compiler.deps.json",
                "tools/net10.0/ModelBuild.Compiler.dll",
                "tools/net10.0/ModelBuild.Compiler.runtimeconfig.json",
                "tools/net10.0/ModelBuild.Kernels.dll",
                "tools/net10.0/ModelBuild.Onnx.dll",
                "tools/net10.0/ModelBuild.Plan.dll",
                "tools/net10.0/System.CommandLine.dll",
            ]);
    }

    [Fact]
    public void The_package_brings_no_dependency()
    {
        using var package = ZipFile.OpenRead(feed.PackagePath);
        using var nuspec = new StreamReader(package.GetEntry("ModelBuild.nuspec")!.Open());

        var text = nuspec.ReadToEnd();

        text.ShouldContain("<developmentDependency>true</developmentDependency>");
        text.ShouldNotContain("<dependencies>");
    }

    [SkippableFact]
    public void Nothing_in_the_package_says_where_it_was_built()
    {
        Skip.If(LocalFeed.Configuration != "Release", "only a Release build maps its paths");
        using var package = ZipFile.OpenRead(feed.PackagePath);

        var paths = new[] { Encoding.UTF8, Encoding.Unicode }.Select(encoding => encoding.GetBytes(RepositoryRoot.Path)).ToArray();
        foreach (var entry in package.Entries)
        {
            using var stream = entry.Open();
            var content = new MemoryStream();
            stream.CopyTo(content);
            foreach (var path in paths)
            {
                content.ToArray().AsSpan().IndexOf(path).ShouldBe(-1, entry.FullName);
            }
        }
    }

    [Fact]
    public void Packing_again_gives_the_same_bytes()
    {
        var again = LocalFeed.Pack(Path.Combine(feed.Root, "again"));

        File.ReadAllBytes(again).AsSpan().SequenceEqual(File.ReadAllBytes(feed.PackagePath)).ShouldBeTrue();
    }
}
