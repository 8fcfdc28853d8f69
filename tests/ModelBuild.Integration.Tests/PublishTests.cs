using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
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
        <DigitsThreads>2</DigitsThreads>
        """;

    private static readonly string[] InstructionSets = ["DOTNET_EnableAVX512", "DOTNET_EnableAVXVNNI", "DOTNET_EnableAVX2"];

    [SkippableFact]
    public void A_trimmed_ReadyToRun_single_file_gives_the_same_answers_on_every_instruction_set_and_leaves_none_of_its_methods_to_the_JIT()
    {
        SkipUnlessLinuxX64();
        RuntimePacks.Require("net10.0", ReadyToRun);
        var program = Publish("ReadyToRunDigits", "net10.0", ReadyToRun, "AVX2");

        Run(program).AllocatedBytes.ShouldBe((0, 0));
        foreach (var hidden in InstructionSets)
        {
            output.WriteLine($"{hidden}=0: {FirstAnswer.Milliseconds(program, (hidden, "0")):F1} ms to the end of both first answers");
            Run(program, (hidden, "0"));
        }

        // The list can be long: without precompiled code everything is in it.
        FirstAnswer.JittedMethods(program, ("DOTNET_ReadyToRun", "0")).ShouldContain(name => name.StartsWith("ModelBuild.Kernels.ConvInt8", StringComparison.Ordinal));
        Skip.IfNot(Avx2.IsSupported && Fma.IsSupported, "this processor has no AVX2, which the program was compiled for: the JIT compiles it");
        FirstAnswer.JittedMethods(program).ShouldBeEmpty();
        FirstAnswer.JittedMethods(program, ("DOTNET_EnableAVX512", "0")).ShouldBeEmpty();
    }

    [Fact]
    public void Kernels_come_to_AVX512_later_unless_the_program_is_compiled_for_it()
    {
        var project = AdultProject.Create(feed, "InstructionSets");
        project.RunTarget("Restore");

        Symbols("-p:PublishReadyToRun=false").ShouldBeEmpty();
        Symbols("-p:PublishReadyToRun=true").ShouldBe(["MODELBUILD_PRECOMPILED", "MODELBUILD_LATE_AVX512"]);
        Symbols("-p:PublishReadyToRun=true", "-p:PublishReadyToRunCrossgen2ExtraArgs=--instruction-set:x86-64-v3%2C-avx512").ShouldContain("MODELBUILD_LATE_AVX512");
        Symbols("-p:PublishReadyToRun=true", "-p:PublishReadyToRunCrossgen2ExtraArgs=--instruction-set:x86-64-v4").ShouldBe(["MODELBUILD_PRECOMPILED"]);

        string[] Symbols(params string[] properties) =>
        [
            .. project.Command("msbuild", ["-getProperty:DefineConstants", .. properties]).Result.OrThrow().Output.Trim().Split(';')
                .Where(symbol => symbol.StartsWith("MODELBUILD_", StringComparison.Ordinal)),
        ];
    }

    [SkippableFact]
    public void A_native_program_gives_the_same_answers()
    {
        SkipUnlessLinuxX64();
        Skip.IfNot(IsOnPath("gcc") || IsOnPath("clang"), "there is no linker");
        RuntimePacks.Require("net9.0", NativeAot);

        Run(Publish("NativeDigits", "net9.0", NativeAot, "AVX2")).AllocatedBytes.ShouldBe((0, 0));
    }

    [Fact]
    public void Publishing_for_ReadyToRun_compiles_again_what_was_built_for_the_JIT()
    {
        var project = AdultProject.Create(feed, "Republished");
        project.Build();

        var published = project.Build("--no-restore", "-p:PublishReadyToRun=true");
        var again = project.Build("--no-restore", "-p:PublishReadyToRun=true");
        var designTime = project.RunTarget("Compile", "-p:PublishReadyToRun=true", "-p:DesignTimeBuild=true", "-p:BuildingProject=false");

        published.CompiledModels.ShouldBeEmpty();
        published.CSharpRuns.ShouldBe(1);
        again.CSharpRuns.ShouldBe(0);
        designTime.CSharpRuns.ShouldBe(0);
    }

    private static void SkipUnlessLinuxX64() =>
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "publishes for linux-x64");

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Publishes the sample program without a warning, and with a message that names the instruction set, and prints what a user would want to know.</summary>
    private string Publish(string name, string targetFramework, string properties, string instructionSet)
    {
        var project = FirstAnswer.AddTo(DigitsProject.Create(feed, name, targetFramework, properties));
        var (result, log) = project.Command("publish", []);
        result.OrThrow();
        log.Warnings.ShouldBeEmpty();
        log.Messages.ShouldContain(message => message.StartsWith("ModelBuild: ", StringComparison.Ordinal) && message.Contains(instructionSet, StringComparison.Ordinal));
        var program = Path.Combine(project.Folder, "bin", "Release", targetFramework, "linux-x64", "publish", name);
        output.WriteLine($"{name}: published in {result.Time.TotalSeconds:F0} s, {new FileInfo(program).Length / 1e6:F1} MB, {FirstAnswer.Milliseconds(program):F1} ms to the end of both first answers");
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
