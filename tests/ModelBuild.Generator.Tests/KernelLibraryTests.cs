extern alias generator;

using System.Linq;
using generator::ModelBuild.Generator.Sources;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Which kernel sources a project gets.</summary>
public class KernelLibraryTests
{
    private static readonly KernelLibrary Library = new(
    [
        ("Dense/Dense.cs", "/* Mentions Unused. */ static partial class Dense { static void Run(int x) => Tile.Sum(\"Unused\", x.Doubled()); }"),
        ("Dense/Dense.Avx2.cs", "static partial class Dense { static IOperation Avx2() => null!; }"),
        ("Dense/Dense.Pack.cs", "static partial class Dense { static Unused Pack() => null!; }"),
        ("Common/Tile.cs", "// Unused\ninternal static class Tile { public static int Sum(string s, int x) => $\"{Shape.Size}\".Length; }"),
        ("Common/Shape.cs", "internal readonly record struct Shape(int Size) { }"),
        ("Common/IOperation.cs", "interface IOperation<T> where T : struct, IOperation<T> { }"),
        ("Common/Extensions.cs", "static class Extensions { public static int Doubled(this int x) => x * 2; }"),
        ("Common/Unused.cs", "class Unused { }"),
        ("Operations/Relu.cs", "readonly struct Relu : IOperation<Relu> { }"),
        ("Operations/Abs.cs", "readonly struct Abs : IOperation<Abs> { }"),
    ]);

    [Fact]
    public void A_kernel_comes_with_all_its_parts_and_what_they_need() =>
        Library.Closure(["Dense"]).ShouldBe(["Common/Extensions.cs", "Common/IOperation.cs", "Common/Shape.cs", "Common/Tile.cs", "Dense/Dense.Avx2.cs", "Dense/Dense.cs"]);

    [Fact]
    public void An_operation_comes_without_its_neighbours() => Library.Closure(["Relu"]).ShouldBe(["Common/IOperation.cs", "Operations/Relu.cs"]);

    [Fact]
    public void Weight_packing_never_ships() => KernelLibrary.Embedded.Files.ShouldAllBe(file => !file.Path.EndsWith(".Pack.cs"));

    [Fact]
    public void Every_file_of_the_library_gets_a_name_of_its_own() =>
        KernelLibrary.Embedded.Files.Select(file => file.HintName.ToUpperInvariant()).ShouldBeUnique();

    [Fact]
    public void Every_file_of_the_library_declares_something() => KernelLibrary.Embedded.Files.Where(file => file.DeclaredNames.Count == 0).ShouldBeEmpty();

    [Theory]
    [InlineData("class A { string S => \"class B\"; /* class C */ }", "A")]
    [InlineData("record struct A<T>(T X) where T : struct { class B { } }", "A B")]
    [InlineData("#if class X\nenum A { }\n#endif", "A")]
    [InlineData("static class A { static void F<T>(this Span<T> x) { G(this); } }", "A F")]
    [InlineData("class A { string S = @\"a\\\"; char C = '\"'; } class B { string R = \"\"\"class D \" \"\"\"; }", "A B")]
    public void Declarations_are_found(string source, string names) => SourceScanner.DeclaredNames(SourceScanner.Tokens(source)).ShouldBe(names.Split(' '));
}
