using System.IO;
using Xunit;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>The packages that publishing needs, which the projects of these tests take from where all projects of the machine have them.</summary>
internal static class RuntimePacks
{
    /// <summary>Restores a program with these properties in the machine's own folder of packages; skips the test where that is not possible.</summary>
    public static void Require(string targetFramework, string properties)
    {
        var folder = Directory.CreateTempSubdirectory("modelbuild-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "Packs.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>{targetFramework}</TargetFramework>
                    {properties}
                  </PropertyGroup>
                </Project>
                """);
            var restore = DotNet.Run(folder.FullName, ["restore", "-v:q", "-tl:off"]);
            Skip.If(restore.ExitCode != 0, $"the packages to publish for {targetFramework} cannot be restored: {restore.Output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
