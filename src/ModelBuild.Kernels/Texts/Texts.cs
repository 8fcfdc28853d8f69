using System;
using System.Text.RegularExpressions;

namespace ModelBuild.Kernels;

/// <summary>The operators of ONNX on texts. They make new texts, so they allocate.</summary>
internal static partial class Texts
{
    /// <summary>Each text of a followed by that of b.</summary>
    public static void Concat(ReadOnlySpan<string> a, ReadOnlySpan<string> b, Span<string> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = string.Concat(a[i], b[i]);
        }
    }

    /// <summary>Whether each text matches a pattern as a whole.</summary>
    public static void Matches(ReadOnlySpan<string> x, ReadOnlySpan<string> pattern, Span<bool> y)
    {
        string whole = $"^(?:{pattern[0]})\\z";
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Regex.IsMatch(x[i], whole, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
    }

    /// <summary>How many parts each text has, and the largest of these numbers.</summary>
    public static void CountParts(ReadOnlySpan<string> x, ReadOnlySpan<string> delimiter, Span<long> counts, Span<long> largest, int most)
    {
        largest[0] = 0;
        for (int i = 0; i < x.Length; i++)
        {
            counts[i] = Parts(x[i], delimiter[0], most).Length;
            largest[0] = Math.Max(largest[0], counts[i]);
        }
    }

    /// <summary>The parts of each text, in rows of equal length that empty texts fill.</summary>
    public static void Split(ReadOnlySpan<string> x, ReadOnlySpan<string> delimiter, Span<string> y, int columns, int most)
    {
        y.Fill(string.Empty);
        for (int i = 0; i < x.Length; i++)
        {
            string[] parts = Parts(x[i], delimiter[0], most);
            parts.CopyTo(y[(i * columns)..]);
        }
    }

    /// <summary>How many texts are left without stop words; 1 where none is.</summary>
    public static void CountKept(ReadOnlySpan<string> x, ReadOnlySpan<string> stopWords, Span<long> count, bool isCaseSensitive)
    {
        long kept = 0;
        for (int i = 0; i < x.Length; i++)
        {
            kept += IsStop(x[i], stopWords, isCaseSensitive) ? 0 : 1;
        }

        count[0] = Math.Max(kept, 1);
    }

    /// <summary>The texts without stop words, in lower case (1), upper case (2) or as they are (0); one empty text where none is left.</summary>
    public static void Normalize(ReadOnlySpan<string> x, ReadOnlySpan<string> stopWords, Span<string> y, bool isCaseSensitive, int letterCase)
    {
        int next = 0;
        y.Fill(string.Empty);
        for (int i = 0; i < x.Length; i++)
        {
            if (!IsStop(x[i], stopWords, isCaseSensitive))
            {
                y[next++] = letterCase == 1 ? x[i].ToLowerInvariant() : letterCase == 2 ? x[i].ToUpperInvariant() : x[i];
            }
        }
    }

    private static bool IsStop(string text, ReadOnlySpan<string> stopWords, bool isCaseSensitive)
    {
        for (int i = 0; i < stopWords.Length; i++)
        {
            if (string.Equals(text, stopWords[i], isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Without a delimiter, words are separated by any white space. A negative number of cuts is any number.
    private static string[] Parts(string text, string delimiter, int most)
    {
        if (text.Length == 0)
        {
            return [];
        }

        if (delimiter.Length > 0)
        {
            return most < 0 ? text.Split(delimiter) : text.Split(delimiter, most + 1);
        }

        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return [];
        }

        string[] words = trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (most < 0 || words.Length <= most + 1)
        {
            return words;
        }

        // The last part is the rest of the text as it stands.
        string rest = trimmed;
        for (int i = 0; i < most; i++)
        {
            rest = rest[words[i].Length..].TrimStart();
        }

        string[] parts = words[..(most + 1)];
        parts[most] = rest;
        return parts;
    }
}
