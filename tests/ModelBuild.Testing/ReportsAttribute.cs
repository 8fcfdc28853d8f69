using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading;
using Xunit.Sdk;

namespace ModelBuild.Testing;

/// <summary>
/// The test makes the program report a diagnostic. It must show that it does, with <see cref="Reported"/>; else it fails. ModelBuild.Architecture.Tests demands such a
/// test for every code.
/// </summary>
/// <param name="code">The code, for example MB4201.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReportsAttribute(string code) : BeforeAfterTestAttribute
{
    public string Code { get; } = code;

    public override void Before(MethodInfo methodUnderTest) => Reported.Begin(methodUnderTest);

    public override void After(MethodInfo methodUnderTest)
    {
        if (!Reported.Seen(methodUnderTest).Contains(Code))
        {
            throw new InvalidOperationException($"{methodUnderTest.Name} says that it reports {Code}, but no such diagnostic went through {nameof(Reported)}.");
        }
    }
}

/// <summary>The diagnostics that the running test has seen.</summary>
public static partial class Reported
{
    private static readonly AsyncLocal<(MethodInfo Test, HashSet<string> Codes)?> Current = new();

    /// <summary>Notes the codes of problems in MSBuild's canonical form, and gives them in order.</summary>
    public static IReadOnlyList<string> Codes(string output)
    {
        string[] codes = [.. Canonical().Matches(output).Select(match => match.Groups[1].Value)];
        Current.Value?.Codes.UnionWith(codes);
        return codes;
    }

    /// <summary>Notes a code that a diagnostic of the C# compiler or of a build's log has, and gives it.</summary>
    public static string? Code(string? code)
    {
        Current.Value?.Codes.Add(code ?? string.Empty);
        return code;
    }

    // A test may have the attribute more than once.
    internal static void Begin(MethodInfo test)
    {
        if (Current.Value?.Test != test)
        {
            Current.Value = (test, []);
        }
    }

    internal static IReadOnlySet<string> Seen(MethodInfo test) => Current.Value is var (current, codes) && current == test ? codes : new HashSet<string>();

    [GeneratedRegex(@"^[^\r\n]* : (?:error|warning) (MB\d{4}): ", RegexOptions.Multiline)]
    private static partial Regex Canonical();
}
