using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Verification;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>Every model that others gave an answer for, through the whole compiler. docs/conformance.md has the figures.</summary>
[Collection(CaseCollection.Name)]
public sealed class ConformanceTests(CaseFolder cases)
{
    [SkippableFact]
    public void The_page_of_conformance_says_what_the_cases_give()
    {
        ResultGroup[] groups =
        [
            .. Directory.EnumerateDirectories(cases.Path).Order(StringComparer.Ordinal).Select(folder => Verify($"ONNX, {Path.GetFileName(folder)}", folder, emit: false)),
            Verify("Models found in the wild", TestData.Require("real"), emit: false),
            Verify("Models trained here", TestData.Require("trained"), emit: false),
        ];

        Page.Match(ConformancePage.Write(groups), "conformance.md");
    }

    /// <summary>Whatever does not pass without the generated class is on the page, too.</summary>
    [SkippableFact]
    public void The_generated_class_of_every_case_gives_the_bits_of_the_program()
    {
        EmitterLibrary.Exists.ShouldBeTrue();
        string[] folders = [cases.Path, TestData.Require("real"), TestData.Require("trained")];
        var failed = folders.SelectMany(folder => Verify(folder, folder, emit: true).Results).Where(result => result.Outcome == CaseOutcome.Failed);

        failed.Where(result => result.Reason.Contains("generated", StringComparison.Ordinal)).Select(result => $"{result.Case.Name}: {result.Reason}").ShouldBeEmpty();
    }

    private static ResultGroup Verify(string title, string folder, bool emit) => new(title, [.. new Verifier(new CompileOptions(), emit).Verify(VerifyCase.Find(folder))]);
}

/// <summary>The results of some cases.</summary>
internal sealed record ResultGroup(string Title, IReadOnlyList<CaseResult> Results);
