using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Verification;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>Writes docs/conformance.md.</summary>
internal static class ConformancePage
{
    private const int LongestReason = 200;

    private const string Introduction = """
        # Conformance

        What `ModelBuild.Compiler verify` says of every model for which somebody else wrote down the answer. A test writes this page and fails where it is no longer so; another
        one runs the generated classes of all these cases, which must give the same bits.

        The cases of ONNX are those of its [backend tests](https://github.com/onnx/onnx/tree/main/onnx/backend/test) of August 2026 (1.23.0-dev), less some that are held back. The
        answers of other models are those of ONNX Runtime 1.30. Tolerances: ONNX's own for its cases (relative 1e-3, absolute 1e-7); for other models 1e-4 of the range of an
        output besides, or what quantization or 16-bit floats round to between two nodes. Random outputs are compared by type and shape.

        *Unsupported* means that the compiler says so, with a diagnostic for each node concerned; *failed* is a wrong answer, or a valid model called invalid.


        """;

    public static string Write(IReadOnlyList<ResultGroup> groups)
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        text.Append("| Cases | Number | Passed | Failed | Unsupported |\n|---|---:|---:|---:|---:|\n");
        foreach (var group in groups)
        {
            Row(text, group.Title, group.Results);
        }

        Row(text, "**All**", [.. groups.SelectMany(group => group.Results)]);
        CaseResult[] others = [.. groups.SelectMany(group => group.Results).Where(result => result.Outcome != CaseOutcome.Passed)];
        if (others is [])
        {
            return text.ToString();
        }

        text.Append("\n## What does not pass\n\n| Case | | Why |\n|---|---|---|\n");
        foreach (var result in others)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Case.Name} | {result.Outcome.ToString().ToLowerInvariant()} | {Reason(result)} |\n");
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string title, IReadOnlyList<CaseResult> results)
    {
        int Count(CaseOutcome outcome) => results.Count(result => result.Outcome == outcome);
        text.Append(CultureInfo.InvariantCulture, $"| {title} | {results.Count} | {Count(CaseOutcome.Passed)} | {Count(CaseOutcome.Failed)} | {Count(CaseOutcome.Unsupported)} |\n");
    }

    // The first problem says enough.
    private static string Reason(CaseResult result)
    {
        var first = result.Reason.Split("; MB", StringSplitOptions.None)[0];
        return (first.Length > LongestReason ? first[..LongestReason] + "..." : first).Replace("|", "\\|", StringComparison.Ordinal);
    }
}
