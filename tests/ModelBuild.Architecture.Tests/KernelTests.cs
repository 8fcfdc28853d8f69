using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace ModelBuild.Architecture.Tests;

/// <summary>A kernel is a folder that stands for itself, and that no user of the generated class sees.</summary>
public class KernelTests
{
    // What all kernels may use.
    private const string Common = "Common";

    private static readonly IReadOnlyList<SourceFile> Files = [.. SourceFile.Below("src/ModelBuild.Kernels/")];

    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create(
        "Kernels",
        Files.Select(file => file.Root.SyntaxTree),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    [Fact]
    public void The_kernels_compile_as_these_tests_see_them() => Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

    [Fact]
    public void A_kernel_uses_its_own_folder_and_Common_alone()
    {
        var foreign = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Files.Where(file => file.Folders.Count > 0))
        {
            var model = Compilation.GetSemanticModel(file.Root.SyntaxTree);
            foreach (var name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                foreach (var used in type?.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => FolderOf(reference.SyntaxTree.FilePath)) ?? [])
                {
                    if (used != file.Folders[0] && used != Common)
                    {
                        foreign.Add($"{file.Folders[0]} uses {type!.Name} of {used}");
                    }
                }
            }
        }

        foreign.ShouldBeEmpty();
    }

    [Fact]
    public void No_type_of_a_kernel_is_public() =>
        Files.SelectMany(file => file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is BaseNamespaceDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(type => $"{file.Path}: {type.Identifier}")).ShouldBeEmpty();

    [Fact]
    public void A_folder_has_the_kernel_that_it_is_named_after() =>
        Files.Where(file => file.Folders is [not Common and not "Runtime", ..]).GroupBy(file => file.Folders[0])
            .Where(folder => !folder.Any(file => file.Name == folder.Key + ".cs")).Select(folder => folder.Key).ShouldBeEmpty();

    // The runtime discards a precompiled method that holds code for 512-bit vectors, or the question whether there are any, where there are: HotLoop.Avx512.
    [Fact]
    public void Code_for_512_bit_vectors_is_in_methods_and_types_of_its_own_and_named_after_them()
    {
        var mixed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Files.Where(file => file.Name is not "Isa.cs"))
        {
            var model = Compilation.GetSemanticModel(file.Root.SyntaxTree);
            foreach (var access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            {
                if (IsWide(model.GetSymbolInfo(access).Symbol?.ContainingType)
                    && !access.Ancestors().Any(node => node is TypeDeclarationSyntax type && IsNamed(type.Identifier) || node is MethodDeclarationSyntax method && IsNamed(method.Identifier)))
                {
                    mixed.Add($"{file.Path}: {access}");
                }
            }
        }

        mixed.ShouldBeEmpty();

        static bool IsWide(INamedTypeSymbol? type) =>
            type is not null && (type.Name is "Vector512" || type.Name.StartsWith("Avx512", StringComparison.Ordinal) || IsWide(type.ContainingType));

        static bool IsNamed(SyntaxToken name) => name.Text.Contains("512", StringComparison.Ordinal);
    }

    private static string FolderOf(string path) => path.Split('/')[2];
}
