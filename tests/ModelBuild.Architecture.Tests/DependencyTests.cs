using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Architecture.Tests;

/// <summary>Which project may know which: the table of docs/architecture.md.</summary>
public class DependencyTests
{
    // Projects, then packages; one that is for the build alone stands in parentheses.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ModelBuild.Plan"] = [],
        ["ModelBuild.Kernels"] = [],
        ["ModelBuild.Onnx"] = ["Google.Protobuf", "(Grpc.Tools)"],
        ["ModelBuild.Compiler"] = ["ModelBuild.Plan", "ModelBuild.Kernels", "ModelBuild.Onnx", "(ModelBuild.Emitter)", "System.CommandLine"],
        ["ModelBuild.Generator"] = ["(Microsoft.CodeAnalysis.CSharp)", "(Microsoft.CodeAnalysis.Analyzers)"],
        ["ModelBuild.Emitter"] = ["ModelBuild.Generator", "Microsoft.CodeAnalysis.CSharp"],
        ["ModelBuild.Tasks"] = ["(Microsoft.Build.Utilities.Core)"],
        ["ModelBuild"] = ["(ModelBuild.Tasks)", "(ModelBuild.Generator)", "(ModelBuild.Compiler)"],
    };

    // Sources that a project has in common with another, because it may not refer to it.
    private static readonly Dictionary<string, string[]> Linked = new()
    {
        ["ModelBuild.Generator"] = ["../ModelBuild.Plan/**/*.cs"],
        ["ModelBuild.Tasks"] = ["../ModelBuild.Compiler/Cli/ClassNames.cs"],
    };

    private static IEnumerable<string> Projects => Directory.EnumerateDirectories(RepositoryRoot.Combine("src")).Select(folder => Path.GetFileName(folder)!);

    public static TheoryData<string> Names => [.. Projects];

    [Fact]
    public void Every_project_has_its_place_in_the_picture()
    {
        Projects.ShouldBe(Allowed.Keys, ignoreOrder: true);
        var page = File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md"));
        foreach (var project in Allowed.Keys)
        {
            page.ShouldContain($"| `{project}` |");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_depends_on_what_it_may_and_on_nothing_else(string project)
    {
        var file = XDocument.Load(RepositoryRoot.Combine("src", project, $"{project}.csproj"));
        var references = file.Descendants("ProjectReference").Concat(file.Descendants("PackageReference"));
        references.Select(Text).ShouldBe(Allowed[project], ignoreOrder: true);
        file.Descendants("Reference").ShouldBeEmpty();
        file.Descendants("Compile").Select(item => (string?)item.Attribute("Include")).OfType<string>().ShouldBe(Linked.GetValueOrDefault(project, []));
    }

    [Fact]
    public void Only_the_reader_knows_protobuf() =>
        FilesWith("src/", "Google.Protobuf", "Onnx.Protos").ShouldAllBe(path => path.StartsWith("src/ModelBuild.Onnx/", StringComparison.Ordinal));

    // Its own resources come as a stream.
    [Fact]
    public void The_generator_touches_no_file_and_no_process() =>
        FilesWith("src/ModelBuild.Generator/", "System.IO", "System.Diagnostics.Process", "System.Net").ShouldBe(["src/ModelBuild.Generator/Sources/KernelLibrary.cs"]);

    // The weights are read in place, from where the assembly was loaded.
    [Fact]
    public void What_ships_in_an_application_has_no_reflection_no_files_and_no_dynamic_code() =>
        FilesWith("src/ModelBuild.Kernels/", "System.Reflection", "System.IO", "System.Linq", "System.Net").Where(path => !path.EndsWith(".Pack.cs", StringComparison.Ordinal))
            .ShouldBe(["src/ModelBuild.Kernels/Runtime/EmbeddedWeights.cs"]);

    private static string Text(XElement reference)
    {
        var name = (string)reference.Attribute("Include")!;
        name = name.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name;
        return (string?)reference.Attribute("PrivateAssets") == "all" || (string?)reference.Attribute("ReferenceOutputAssembly") == "false" ? $"({name})" : name;
    }

    // Names in code, not in comments.
    private static IEnumerable<string> FilesWith(string folder, params string[] names) =>
        SourceFile.Below(folder).Where(file => file.Root.DescendantNodes().OfType<NameSyntax>().Any(name => names.Any(name.ToString().StartsWith))).Select(file => file.Path);
}
