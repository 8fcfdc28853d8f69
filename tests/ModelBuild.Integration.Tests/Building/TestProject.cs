using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>A project of a user, in a folder of its own.</summary>
internal sealed class TestProject
{
    private int _builds;

    /// <summary>An empty project.</summary>
    /// <param name="feed">Where the package is.</param>
    /// <param name="name">The name of the project's file and folder.</param>
    /// <param name="content">The project's properties and items, as XML.</param>
    /// <param name="targetFrameworks">One target framework, or several.</param>
    /// <param name="parent">The folder, below the tests' own, in which the project's folder lies.</param>
    public TestProject(LocalFeed feed, string name, string content, string targetFrameworks = "net10.0", string parent = "")
    {
        Name = name;

        // Every test has spaces and more than ASCII in its paths.
        Folder = Directory.CreateDirectory(Path.Combine(feed.Root, "My Models \u00fc\u6a21", parent, name)).FullName;
        var plural = targetFrameworks.Contains(';', StringComparison.Ordinal) ? "s" : string.Empty;
        Write($"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework{plural}>{targetFrameworks}</TargetFramework{plural}>
                <Nullable>enable</Nullable>
                <LangVersion>12</LangVersion>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelBuild" Version="{LocalFeed.Version}" PrivateAssets="all" />
              </ItemGroup>
              {content}
              <PropertyGroup>
                <UseAppHost Condition="'$(RuntimeIdentifier)' == ''">false</UseAppHost>
              </PropertyGroup>
            </Project>
            """);
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>Where the compiler's results are.</summary>
    public string ModelFolder => Path.Combine(Folder, "obj", "modelbuild");

    /// <summary>The results with this extension, in all folders of options.</summary>
    public IReadOnlyList<string> Results(string extension) =>
        Directory.Exists(ModelFolder) ? [.. Directory.EnumerateFiles(ModelFolder, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    public TestProject Write(string path, string text)
    {
        File.WriteAllText(PathOf(path), text);
        return this;
    }

    /// <summary>Copies a file of the repository.</summary>
    public TestProject Copy(string path, params string[] repositoryPath)
    {
        File.Copy(RepositoryRoot.Combine(repositoryPath), PathOf(path), overwrite: true);
        return this;
    }

    /// <summary>The full path of a file, whose folder then exists.</summary>
    public string PathOf(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Folder, path));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public BuildLog Build(params string[] arguments) => Succeed(Command("build", arguments));

    /// <summary>Runs targets and not a whole build.</summary>
    public BuildLog RunTarget(string target, params string[] arguments) => Succeed(Command("msbuild", [$"-t:{target}", .. arguments]));

    /// <summary>Runs <c>dotnet COMMAND</c> on the project, in Release and with a binary log.</summary>
    public (CommandResult Result, BuildLog Log) Command(string command, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var log = Path.Combine(Folder, $"{++_builds}.binlog");
        var result = DotNet.Run(
            Folder,
            [command, $"{Name}.csproj", "-p:Configuration=Release", "-p:UseSharedCompilation=false", "-nodeReuse:false", "-nologo", "-tl:off", "-v:q", $"-bl:{log}", .. arguments],
            environment);
        return (result, new BuildLog(log));
    }

    /// <summary>Runs the program that was built and returns what it printed.</summary>
    public string Run(string targetFramework = "net10.0", params (string Name, string Value)[] environment) =>
        DotNet.Run(Folder, ["exec", "--roll-forward", "Major", Path.Combine("bin", "Release", targetFramework, $"{Name}.dll")], environment).OrThrow().Output.Trim();

    private static BuildLog Succeed((CommandResult Result, BuildLog Log) build)
    {
        build.Result.OrThrow();
        return build.Log;
    }
}
