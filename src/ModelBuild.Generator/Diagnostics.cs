using Microsoft.CodeAnalysis;

namespace ModelBuild.Generator;

/// <summary>What the generator reports. Each has a page in docs/diagnostics.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor InvalidPlan = Error(
        "MB4101", "A model's plan is damaged", "The plan of a compiled model cannot be used: {0} Rebuild the project; if that does not help, clean it first.");

    public static readonly DiagnosticDescriptor LanguageVersion = Error(
        "MB4102", "The C# version is too old", "The class of a compiled model needs C# 12 or newer, but the project uses C# {0}. Set LangVersion to 12 or remove it.");

    public static readonly DiagnosticDescriptor DuplicateClass = Error(
        "MB4103", "Two models have the same class", "The models of '{0}' and '{1}' would both be class '{2}'. Set the Class or Namespace metadata of one of the items.");

    public static readonly DiagnosticDescriptor UnsafeThreads = Error(
        "MB4104",
        "Several threads need unsafe code",
        "The threads that share a call of '{0}' reach its memory through pointers, which the project forbids. Remove AllowUnsafeBlocks=false from the project, or Threads from the item.");

    public static readonly DiagnosticDescriptor InternalError = Error(
        "MB9001", "The generator failed", "This is a bug in ModelBuild, please report it: {0}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "ModelBuild", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
