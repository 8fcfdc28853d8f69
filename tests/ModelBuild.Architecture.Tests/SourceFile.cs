using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelBuild.Testing;

namespace ModelBuild.Architecture.Tests;

/// <summary>A C# file of the repository.</summary>
/// <param name="Path">Its path from the root, with forward slashes.</param>
/// <param name="Root">What stands in it, as net10.0 with unsafe code sees it.</param>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    public static readonly CSharpParseOptions Parsing =
        new CSharpParseOptions(LanguageVersion.Latest).WithPreprocessorSymbols("NET", "NET10_0", "NET10_0_OR_GREATER", "NET9_0_OR_GREATER", "NET8_0_OR_GREATER", "MODELBUILD_UNSAFE", "RELEASE");

    /// <summary>All sources of the programs and of the tests, without what builds leave there.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, CSharpSyntaxTree.ParseText(File.ReadAllText(RepositoryRoot.Combine(path)), Parsing, path).GetCompilationUnitRoot())),
    ];

    /// <summary>The folders between the project and the file.</summary>
    public IReadOnlyList<string> Folders => Path.Split('/')[2..^1];

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Those whose paths start like this.</summary>
    public static IEnumerable<SourceFile> Below(string path) => All.Where(file => file.Path.StartsWith(path, StringComparison.Ordinal));
}
