using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator;

/// <summary>What of the user's project decides what is written.</summary>
/// <param name="AllowUnsafe">Whether the project allows unsafe code.</param>
/// <param name="ChecksOverflow">Whether integer arithmetic is checked for overflow unless code says otherwise.</param>
/// <param name="LanguageVersion">The version of C#.</param>
internal sealed record ProjectSettings(bool AllowUnsafe, bool ChecksOverflow, LanguageVersion LanguageVersion);
