using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Integration.Tests.Building;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Integration.Tests;

/// <summary>Programs as they are shipped must give the answers of the program as it is developed.</summary>
[Collection(PackageCollection.Name)]
public sealed class PublishTests(LocalFeed feed, PublishTests.DevelopedProgram developed, ITestOutputHelper output) : IClassFixture<PublishTests.DevelopedProgram>
{
    private const string ReadyToRun = """
        <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
        <SelfContained>true</SelfContained>
        <PublishTrimmed>true</PublishTrimmed>
        <PublishSingleFile>true</PublishSingleFile>
        <PublishReadyToRun>true</PublishReadyToRun>
        """;

    private const string NativeAot = """
        <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
        <PublishAot>true</PublishAot>
        """;

    [SkippableFact]
    public void A_trimmed_ReadyToRun_single_file_gives_the_same_answers_on_every_instruction_set_and_leaves_less_to_the_JIT()
    {
        SkipUnlessLinuxX64();
        RuntimePacks.Require("net10.0", ReadyToRun);
        var project = DigitsProject.Create(feed, "ReadyToRunDigits", "net10.0", ReadyToRun);

        var program = Publish(project, "net10.0");

        var result = Run(program);
        result.AllocatedBytes.ShouldBe((0, 0));

        // Not none: what asks for aggressive optimization, as the innermost loops do, is always left to the JIT.
        result.JittedMethods.Single.ShouldBeLessThan(developed.Result.JittedMethods.Single / 2);
        result.JittedMethods.Int8.ShouldBeLessThan(developed.Result.JittedMethods.Int8);
        foreach (var hidden in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVXVNNI", "DOTNET_EnableAVX2" })
        {
            output.WriteLine($"{hidden}=0");
            Run(program, (hidden, "0"));
        }
    }

    [SkippableFact]
    public void A_native_program_gives_the_same_answers()
    {
        SkipUnlessLinuxX64();
        Skip.IfNot(IsOnPath("gcc") || IsOnPath("clang"), "there is no linker");
        RuntimePacks.Require("net9.0", NativeAot);
        var project = DigitsProject.Create(feed, "NativeDigits", "net9.0", NativeAot);

        Run(Publish(project, "net9.0")).AllocatedBytes.ShouldBe((0, 0));
    }

    private static void SkipUnlessLinuxX64() =>
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "publishes for linux-x64");

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private string Publish(TestProject project, string targetFramework)
    {
        var (result, log) = project.Command("publish", []);
        result.OrThrow();
        log.Warnings.ShouldBeEmpty();
        log.Messages.ShouldContain(message => message.StartsWith("ModelBuild: ", StringComparison.Ordinal) && message.Contains("AVX2", StringComparison.Ordinal));
        var program = Path.Combine(project.Folder, "bin", "Release", targetFramework, "linux-x64", "publish", project.Name);
        output.WriteLine($"{project.Name}: {new FileInfo(program).Length / 1e6:F1} MB, published in {result.Time.TotalSeconds:F0} s");
        return program;
    }

    private SampleOutput Run(string program, params (string Name, string Value)[] environment)
    {
        var result = new SampleOutput(DotNet.Execute(Path.GetDirectoryName(program)!, program, [], environment).OrThrow().Output);

        output.WriteLine(result.Text);
        result.Fingerprints.ShouldBe(developed.Result.Fingerprints);
        return result;
    }

    /// <summary>The program as the JIT runs it.</summary>
    public sealed class DevelopedProgram
    {
        public DevelopedProgram(LocalFeed feed)
        {
            var project = DigitsProject.Create(feed, "Digits", "net10.0", string.Empty);
            project.Build();
            Result = new SampleOutput(project.Run());
        }

        internal SampleOutput Result { get; }
    }
}
