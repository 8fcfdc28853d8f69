using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Cli;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Diagnostics;

/// <summary>Every code of the compiler, as the command line reports it.</summary>
public sealed class FailingCommandTests
{
    private static readonly Type[] Tables = [typeof(OperatorDiagnostics), typeof(CompressionDiagnostics), typeof(OptionDiagnostics)];

    private static IEnumerable<DiagnosticDescriptor> Descriptors => Tables.SelectMany(DiagnosticDescriptor.In);

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var command in FailingCommands.All)
            {
                data.Add(command.Code, command.Name);
            }

            return data;
        }
    }

    public static TheoryData<string> Codes => [.. Descriptors.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_failing_command_is_reported_with_its_code_and_no_other_and_writes_nothing(string code, string name)
    {
        using var folder = new CommandFolder();
        var command = FailingCommands.All.Single(command => command.Name == name);
        var arguments = command.Arguments(folder);
        var before = folder.Files();
        var (output, error) = (new StringWriter(), new StringWriter());

        var exit = CommandLine.Run(["compile", folder.Model, "--out", folder.Of(command.Out), .. arguments], output, error);

        var lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => Reported.Codes(line).SingleOrDefault()).Distinct().ShouldBe([code], error.ToString());
        foreach (var line in lines)
        {
            line.Trim().ShouldMatch(@"^(\S+model\.onnx|ModelBuild\.Compiler) : (error|warning) MB\d{4}: [^\p{C}]+\.$");
            line.ShouldNotContain("{", customMessage: "a placeholder was not filled");
        }

        var isError = Descriptors.Single(descriptor => descriptor.Id == code).Severity == DiagnosticSeverity.Error;
        exit.ShouldBe(isError ? 1 : 0);
        if (isError)
        {
            folder.Files().Where(file => file != "out").ShouldBe(before, "nothing half-written");
        }
    }

    [Fact]
    public void All_operators_that_are_not_known_are_listed_in_one_run()
    {
        using var folder = new CommandFolder();
        FailingCommands.All.Single(command => command.Name == "a second operator that is not known, after the first").Arguments(folder);
        var error = new StringWriter();

        CommandLine.Run(["compile", folder.Model, "--out", folder.Of("out")], new StringWriter(), error);

        error.ToString().ShouldContain("node \"y\" (NoSuchOp, opset 13)");
        error.ToString().ShouldContain("node \"z\" (NorThisOne, opset 13)");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_failing_command(string code) => FailingCommands.All.ShouldContain(command => command.Code == code);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_page_that_starts_with_its_title(string code)
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine("docs", "diagnostics", code + ".md"));
        lines[0].ShouldBe($"# {code}: {Descriptors.Single(descriptor => descriptor.Id == code).Title}");
        lines.ShouldContain("## What to do");
    }

    [Fact]
    [Reports("MB9002")]
    public void Whatever_fails_unexpectedly_is_an_error_with_a_code()
    {
        using var folder = new CommandFolder();
        FailingCommands.All.Single(command => command.Name == "nothing to compress").Arguments(folder);
        var error = new StringWriter();

        CommandLine.Run(["compile", folder.Model, "--out", folder.Of("out")], new BrokenWriter(), error).ShouldBe(1);

        Reported.Codes(error.ToString()).ShouldBe(["MB9002"]);
        error.ToString().ShouldContain("NotSupportedException: the output is broken");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new NotSupportedException("the output is broken");
    }
}
