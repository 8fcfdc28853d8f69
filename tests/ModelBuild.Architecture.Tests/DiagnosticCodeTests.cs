using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Architecture.Tests;

/// <summary>
/// Every code that the program can report has a page, and a test that makes the program report it. Three kinds of tests count, each of which fails when it names a code
/// that it does not get: the tables of failing models and of failing commands, all of whose entries run, and tests with <see cref="ReportsAttribute"/>.
/// </summary>
public partial class DiagnosticCodeTests
{
    private static readonly string[] Tables = ["FailingModel", "FailingCommand"];

    private static readonly string[] Tests = ["Fact", "Theory", "SkippableFact", "SkippableTheory"];

    // In the sources, and in the targets, where the code is an attribute of an Error task.
    private static readonly IReadOnlyList<string> Codes =
    [
        .. SourceFile.Below("src/").SelectMany(file => file.Root.DescendantTokens()).Select(token => token.ValueText)
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("build"), "*.targets").SelectMany(File.ReadLines))
            .SelectMany(text => Code().Matches(text)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal),
    ];

    private static readonly IReadOnlyList<SourceFile> TestFiles = [.. SourceFile.Below("tests/").Where(file => !file.Path.StartsWith("tests/ModelBuild.Architecture.Tests/", StringComparison.Ordinal))];

    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code()
    {
        Codes.Count.ShouldBeGreaterThan(60);
        var pages = Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "diagnostics"), "*.md").ToDictionary(page => Path.GetFileNameWithoutExtension(page), File.ReadAllLines);
        pages.Keys.ShouldBe(Codes, ignoreOrder: true);
        foreach (var (code, lines) in pages)
        {
            lines[0].ShouldStartWith($"# {code}: ");
            lines.ShouldContain("## What to do", code);
        }
    }

    [Fact]
    public void Every_code_has_a_test_that_gets_it() => Codes.Except(Tested()).ShouldBeEmpty();

    [Fact]
    public void No_test_gets_a_code_that_does_not_exist() => Tested().Except(Codes).ShouldBeEmpty();

    private static IEnumerable<string> Tested() => TestFiles.SelectMany(file => InTables(file).Concat(InAttributes(file))).Distinct();

    // new FailingModel("MB1001", ...), FailingModel.Changed("MB1001", ...) or new("MB1001", ...) in the class of a table.
    private static IEnumerable<string> InTables(SourceFile file) =>
        Tables.Any(table => file.Name.StartsWith(table + "s", StringComparison.Ordinal))
            ? file.Root.DescendantNodes().OfType<ArgumentListSyntax>().Select(list => list.Arguments.FirstOrDefault()?.Expression).OfType<LiteralExpressionSyntax>()
                .Select(literal => literal.Token.ValueText).Where(text => Code().IsMatch(text))
            : [];

    // Only where the test runs: [Reports("MB4201")] beside [Fact] without Skip.
    private static IEnumerable<string> InAttributes(SourceFile file) =>
        file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => method.AttributeLists.SelectMany(list => list.Attributes).ToArray())
            .Where(attributes => attributes.Any(attribute => Tests.Contains(attribute.Name.ToString()) && attribute.ArgumentList is null))
            .SelectMany(attributes => attributes.Where(attribute => attribute.Name.ToString() == "Reports"))
            .Select(attribute => ((LiteralExpressionSyntax)attribute.ArgumentList!.Arguments[0].Expression).Token.ValueText);

    [GeneratedRegex(@"\bMB\d{4}\b")]
    private static partial Regex Code();
}
