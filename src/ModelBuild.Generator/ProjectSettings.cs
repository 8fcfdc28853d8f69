using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator;

/// <summary>What of the user's project decides what is written.</summary>
/// <param name="AllowUnsafe">Whether the project allows unsafe code.</param>
/// <param name="LanguageVersion">The version of C#.</param>
internal sealed record ProjectSettings(bool AllowUnsafe, LanguageVersion LanguageVersion);
