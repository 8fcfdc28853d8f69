using System.IO;
using ModelBuild.Integration.Tests.Building;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Integration.Tests;

/// <summary>The first command that a visitor of the repository types.</summary>
[Collection(PackageCollection.Name)]
public sealed class SampleTests(ITestOutputHelper output)
{
    [Fact]
    public void The_sample_classifies_digits_without_allocating()
    {
        var run = DotNet.Run(RepositoryRoot.Path, ["run", "--project", "sample-app", "-c", LocalFeed.Configuration]).OrThrow();

        output.WriteLine(run.Output);
        var result = new SampleOutput(run.Output);
        result.Accuracy.Single.ShouldBe(98.6, "what ONNX Runtime gets right of the same digits");
        result.Accuracy.Int8.ShouldBeGreaterThan(98);
        result.AllocatedBytes.ShouldBe((0, 0));
        result.OnnxKilobytes.ShouldBe(new FileInfo(RepositoryRoot.Combine("sample-app", "Models", "digits.onnx")).Length / 1024.0, 0.1);
        result.ConstantKilobytes.Int8.ShouldBeLessThan(result.ConstantKilobytes.Single / 3);
    }
}
