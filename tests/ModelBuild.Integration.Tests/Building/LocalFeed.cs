using System;
using System.IO;
using System.Linq;
using System.Reflection;
using ModelBuild.Testing;
using Xunit;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>
/// The package, made from the sources as they are, and a folder for projects that use it. Those restore ModelBuild into the folder itself and take all other
/// packages from where they are on this machine, so that nothing is downloaded and nothing is left behind.
/// </summary>
public sealed class LocalFeed : IDisposable
{
    /// <summary>Not 0.1.0: a released package of the machine must not take its place.</summary>
    internal const string Version = "0.1.0-test";

    public LocalFeed()
    {
        Root = Directory.CreateTempSubdirectory("modelbuild-").FullName;
        PackagePath = Pack(Path.Combine(Root, "feed"));
        File.WriteAllText(Path.Combine(Root, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);

        // Nothing above this folder has a say in how the projects are built.
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(Root, ".editorconfig"), "root = true");
    }

    internal string Root { get; }

    internal string PackagePath { get; }

    /// <summary>The configuration that the tests, and so the package's parts, were built in.</summary>
    internal static string Configuration { get; } = Metadata("Configuration");

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Packs what was built together with the tests.</summary>
    internal static string Pack(string folder)
    {
        DotNet.Run(
            RepositoryRoot.Path,
            ["pack", "src/ModelBuild/ModelBuild.csproj", "--no-build", "-c", Configuration, "-o", folder, $"-p:PackageVersion={Version}", "-tl:off", "--nologo"]).OrThrow();
        return Directory.EnumerateFiles(folder, "*.nupkg").Single();
    }

    private static string Metadata(string key) =>
        typeof(LocalFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>One package for all tests, which run one after the other: each starts builds that use all processors.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<LocalFeed>
{
    public const string Name = "Package";
}
