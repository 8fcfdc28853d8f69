using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator;

/// <summary>What of the user's project decides what is written.</summary>
/// <param name="AllowUnsafe">Whether the project allows unsafe code.</param>
/// <param name="ChecksOverflow">Whether integer arithmetic is checked for overflow unless code says otherwise.</param>
/// <param name="LanguageVersion">The version of C#.</param>
/// <param name="CountsCalls">Whether calls of models are counted, because AVX-512 comes into use after some of them.</param>
internal sealed record ProjectSettings(bool AllowUnsafe, bool ChecksOverflow, LanguageVersion LanguageVersion, bool CountsCalls)
{
    /// <summary>The symbol for code that ReadyToRun compiles for less than AVX-512, see the kernels' <c>LateAvx512</c>.</summary>
    private const string LateAvx512 = "MODELBUILD_LATE_AVX512";

    /// <summary>The settings of a project that is compiled with <paramref name="compilation"/> and <paramref name="parsing"/>.</summary>
    public static ProjectSettings Of((bool AllowUnsafe, bool ChecksOverflow) compilation, CSharpParseOptions parsing) =>
        new(compilation.AllowUnsafe, compilation.ChecksOverflow, parsing.LanguageVersion, parsing.PreprocessorSymbolNames.Contains(LateAvx512));
}
