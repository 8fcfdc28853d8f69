using System;
using System.Collections.Generic;

namespace ModelBuild.Generator.Sources;

/// <summary>
/// Finds the names in a C# file without parsing it: which types and extension methods it declares, and which identifiers it mentions. A name that is found
/// although it means something else costs an emitted file that nobody needed, and nothing more.
/// </summary>
internal static class SourceScanner
{
    private static readonly HashSet<string> TypeKeywords = ["class", "struct", "interface", "enum", "record"];

    // Contextual keywords that can stand between or after the keywords above where no type is declared: "where T : struct where U : ...".
    private static readonly HashSet<string> NotNames = ["class", "struct", "where"];

    /// <summary>The words of <paramref name="source"/>, which are identifiers, keywords and numbers, and single punctuation characters, without comments and texts.</summary>
    public static IReadOnlyList<string> Tokens(string source)
    {
        var tokens = new List<string>();
        for (var i = 0; i < source.Length;)
        {
            var c = source[i];
            if (char.IsLetterOrDigit(c) || c == '_')
            {
                var start = i;
                while (i < source.Length && (char.IsLetterOrDigit(source[i]) || source[i] == '_'))
                {
                    i++;
                }

                tokens.Add(source.Substring(start, i - start));
            }
            else if (IsAt(source, i, "//") || (c == '#' && IsFirstOnLine(source, i)))
            {
                i = IndexAfter(source, "\n", i);
            }
            else if (IsAt(source, i, "/*"))
            {
                i = IndexAfter(source, "*/", i + 2);
            }
            else if (IsAt(source, i, "\"\"\""))
            {
                i = IndexAfter(source, "\"\"\"", i + 3);
            }
            else if (c is '"' or '\'')
            {
                // The holes of an interpolated text may name things, so its words count.
                var end = EndOfText(source, i);
                if (i > 0 && source[i - 1] == '$')
                {
                    tokens.AddRange(Tokens(source.Substring(i + 1, end - i - 1).Replace('"', ' ').Replace('\'', ' ')));
                }

                i = end;
            }
            else
            {
                if (!char.IsWhiteSpace(c))
                {
                    tokens.Add(c.ToString());
                }

                i++;
            }
        }

        return tokens;
    }

    /// <summary>The types that are declared, nested ones too, and the extension methods, which are used without the name of their type.</summary>
    public static IEnumerable<string> DeclaredNames(IReadOnlyList<string> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            if (TypeKeywords.Contains(tokens[i - 1]) && IsName(tokens[i]) && !NotNames.Contains(tokens[i]))
            {
                yield return tokens[i];
            }
            else if (tokens[i] == "this" && tokens[i - 1] == "(" && MethodBefore(tokens, i - 1) is { } method)
            {
                yield return method;
            }
        }
    }

    private static string? MethodBefore(IReadOnlyList<string> tokens, int parenthesis)
    {
        var i = parenthesis - 1;
        for (var depth = 0; i >= 0 && (depth > 0 || tokens[i] == ">"); i--)
        {
            depth += tokens[i] == ">" ? 1 : tokens[i] == "<" ? -1 : 0;
        }

        // The return type stands before a declared method's name; a call such as Foo(this) has punctuation or a keyword there.
        return i > 0 && IsName(tokens[i]) && (IsName(tokens[i - 1]) || tokens[i - 1] is ">" or "]" or "?") && tokens[i - 1] is not ("return" or "new" or "await")
            ? tokens[i]
            : null;
    }

    private static bool IsName(string token) => char.IsLetter(token[0]) || token[0] == '_';

    private static bool IsAt(string source, int index, string text) => string.CompareOrdinal(source, index, text, 0, text.Length) == 0;

    private static int IndexAfter(string source, string text, int index)
    {
        var found = source.IndexOf(text, index, StringComparison.Ordinal);
        return found < 0 ? source.Length : found + text.Length;
    }

    private static bool IsFirstOnLine(string source, int index)
    {
        for (index--; index >= 0 && source[index] != '\n'; index--)
        {
            if (!char.IsWhiteSpace(source[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfText(string source, int quote)
    {
        var isVerbatim = quote > 0 && (source[quote - 1] == '@' || (quote > 1 && source[quote - 1] == '$' && source[quote - 2] == '@'));
        for (var i = quote + 1; i < source.Length; i++)
        {
            if (source[i] == '\\' && !isVerbatim)
            {
                i++;
            }
            else if (source[i] == source[quote])
            {
                return i + 1;
            }
        }

        return source.Length;
    }
}
