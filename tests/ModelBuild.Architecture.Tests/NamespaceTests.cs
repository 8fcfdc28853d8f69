using System;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace ModelBuild.Architecture.Tests;

/// <summary>A folder is a namespace.</summary>
public class NamespaceTests
{
    // Here the folders below are for the reader: there is one namespace of kernels, one of operators.
    private static readonly string[] Flat = ["ModelBuild.Kernels", "ModelBuild.Compiler.Ops"];

    // Types of newer frameworks for an old one.
    private static readonly string[] Exceptions = ["src/ModelBuild.Plan/Polyfills.cs"];

    [Fact]
    public void A_file_is_in_the_namespace_of_its_folder()
    {
        var wrong = SourceFile.All
            .Where(file => !Exceptions.Contains(file.Path) && !file.Name.EndsWith(".verified.cs", StringComparison.Ordinal))
            .SelectMany(file => file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(declaration => (file.Path, Expected: Expected(file), Found: declaration.Name.ToString())))
            .Where(pair => pair.Found != pair.Expected);

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_are_file_scoped() =>
        SourceFile.All.Where(file => !Exceptions.Contains(file.Path) && file.Root.DescendantNodes().OfType<NamespaceDeclarationSyntax>().Any())
            .Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void Folders_are_not_grab_bags()
    {
        string[] bad = ["Utils", "Utilities", "Helpers", "Misc"];
        SourceFile.Below("src/").Where(file => file.Folders.Append(file.Name.Split('.')[0]).Any(part => bad.Contains(part, StringComparer.OrdinalIgnoreCase))).Select(file => file.Path).ShouldBeEmpty();
    }

    private static string Expected(SourceFile file)
    {
        var full = string.Join('.', new[] { file.Path.Split('/')[1] }.Concat(file.Folders));
        return (file.Path.StartsWith("src/", StringComparison.Ordinal) ? Flat.FirstOrDefault(flat => full.StartsWith(flat + ".", StringComparison.Ordinal)) : null) ?? full;
    }
}
