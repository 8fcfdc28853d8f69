extern alias generator;

using System.Linq;
using generator::ModelBuild.Generator.Sources;
using Microsoft.CodeAnalysis;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Every kernel, as it is emitted into a user's project.</summary>
public class AllKernelsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_kernels_compile_as_CSharp_12_without_a_warning(bool allowUnsafe)
    {
        var sources = KernelLibrary.Embedded.Files.Select(file => KernelFile.Write(file, allowUnsafe));

        GeneratorRun.Of([], sources, allowUnsafe).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_kernel_brings_along_is_enough_for_it_to_compile()
    {
        var library = KernelLibrary.Embedded;
        foreach (var folder in library.Files.Select(file => file.Path.Split('/')[0]).Distinct().Where(library.Declares))
        {
            var sources = library.Closure([folder]).Select(path => KernelFile.Write(library[path], allowUnsafe: true));

            GeneratorRun.Of([], sources).Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty(folder);
        }
    }
}
