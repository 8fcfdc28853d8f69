using System;
using System.Globalization;
using System.Text;

namespace ModelBuild.Onnx.Diagnostics;

/// <summary>
/// Makes text that comes from a model safe to print: a name may hold line breaks that would forge a second diagnostic, terminal
/// control sequences, or a million characters.
/// </summary>
public static class DiagnosticText
{
    // Longer names do not help anyone find a node.
    private const int LongestName = 200;

    // Two names and what is wrong between them.
    private const int LongestText = 600;
    private const int TextEnd = 100;

    /// <summary>A name from the model in double quotes, escaped and at most 200 characters long.</summary>
    public static string Quote(string name)
    {
        if (name.Length > LongestName)
        {
            // Do not cut a surrogate pair in two.
            int end = char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName;
            name = name[..end] + "...";
        }

        return "\"" + SingleLine(name).Replace("\"", "\\\"", System.StringComparison.Ordinal) + "\"";
    }

    /// <summary>A text at most 600 characters long, without its middle where it is longer: a list in a model may have a million numbers.</summary>
    public static string Shortened(string text) =>
        text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - TextEnd), " ... ", text.AsSpan(text.Length - TextEnd));

    /// <summary>Replaces control, format, separator and unpaired surrogate characters by <c>\uXXXX</c>.</summary>
    public static string SingleLine(string text)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                escaped?.Append(text, i, 2);
                i++;
            }
            else if (IsUnsafe(text[i]))
            {
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                escaped?.Append(text[i]);
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate;
}
