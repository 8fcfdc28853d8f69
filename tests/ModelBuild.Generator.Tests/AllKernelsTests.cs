extern alias generator;

using System.Collections.Generic;
using System.Linq;
using generator::ModelBuild.Generator;
using generator::ModelBuild.Generator.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Every kernel, as it is emitted into a user's project.</summary>
public class AllKernelsTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false, "MODELBUILD_PRECOMPILED")]
    [InlineData(true, false, "MODELBUILD_PRECOMPILED", "MODELBUILD_LATE_AVX512")]
    public void All_kernels_compile_as_CSharp_12_without_a_warning(bool allowUnsafe, bool checksOverflow, params string[] symbols)
    {
        var sources = KernelLibrary.Embedded.Files.Select(file => KernelFile.Write(file, new ProjectSettings(allowUnsafe, checksOverflow, LanguageVersion.CSharp12, CountsCalls: false)));

        GeneratorRun.Of([], sources, allowUnsafe, checksOverflow: checksOverflow, symbols: symbols).Diagnostics.ShouldBeEmpty();
    }

    // Compiling every kernel on its own would prove the same and take minutes.
    [Fact]
    public void What_a_file_brings_along_declares_everything_that_it_names()
    {
        var files = KernelLibrary.Embedded.Files.ToList();
        var compilation = GeneratorRun.Of([], files.Select(file => file.Text)).Compilation;
        var pathOf = compilation.SyntaxTrees.Zip(files).ToDictionary(pair => pair.First, pair => pair.Second.Path);
        var missing = new SortedSet<string>();
        foreach (var (tree, path) in pathOf)
        {
            var brought = KernelLibrary.Embedded.Closure(KernelLibrary.Embedded[path].DeclaredNames).ToHashSet();
            var model = compilation.GetSemanticModel(tree);
            missing.UnionWith(
                from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                let symbol = model.GetSymbolInfo(name).Symbol
                where symbol is not (null or INamespaceSymbol)
                from declaration in symbol.OriginalDefinition.DeclaringSyntaxReferences
                where !brought.Contains(pathOf[declaration.SyntaxTree])
                select $"{path} needs {pathOf[declaration.SyntaxTree]} for {name}");
        }

        missing.ShouldBeEmpty();
    }
}
