using System.IO;
using ModelBuild.Testing;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>The sample program, as a user would have it: with the package in place of this repository's projects.</summary>
internal static class DigitsProject
{
    public static TestProject Create(LocalFeed feed, string name, string targetFramework, string properties)
    {
        var project = new TestProject(feed, name, $"""
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <RootNamespace>SampleApp</RootNamespace>
              {properties}
            </PropertyGroup>
            <ItemGroup>
              <OptimizedModel Include="Models/digits.onnx" Class="DigitsFloatModel" Threads="$(DigitsThreads)" />
              <OptimizedModel Include="Models/digits.onnx" Bits="8" Calibration="Models/calibration.npy" Threads="$(DigitsThreads)" />
              <EmbeddedResource Include="Digits/*.npy" LogicalName="%(Filename)%(Extension)" />
            </ItemGroup>
            """, targetFramework);
        var sample = RepositoryRoot.Combine("sample-app");
        foreach (var pattern in new[] { "*.cs", "Models/*.onnx", "Models/*.npy", "Digits/*.npy" })
        {
            var folder = Path.GetDirectoryName(pattern)!;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(sample, folder), Path.GetFileName(pattern)))
            {
                project.Copy(Path.Combine(folder, Path.GetFileName(file)), "sample-app", folder, Path.GetFileName(file));
            }
        }

        return project;
    }
}
