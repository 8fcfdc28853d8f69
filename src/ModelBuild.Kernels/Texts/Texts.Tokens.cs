using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace ModelBuild.Kernels;

/// <content>Tokens, as ONNX Runtime's Tokenizer finds them.</content>
internal static partial class Texts
{
    private const RegexOptions TokenOptions = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>The largest number of tokens that any text has, with two marks if they are wanted; 0 where none has any.</summary>
    public static void CountTokens(ReadOnlySpan<string> x, ReadOnlySpan<string> separators, ReadOnlySpan<string> expression, Span<long> count, int shortest, bool marks)
    {
        int largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, Tokens(x[i], separators, expression, shortest).Count);
        }

        count[0] = largest == 0 || !marks ? largest : largest + 2;
    }

    /// <summary>The tokens of each text.</summary>
    /// <param name="x">Texts.</param>
    /// <param name="separators">What stands between tokens, each a regular expression; a single empty one makes a token of every character.</param>
    /// <param name="expression">What a token is, in place of separators; empty with them.</param>
    /// <param name="pad">What fills rows behind their tokens.</param>
    /// <param name="y">[texts, columns].</param>
    /// <param name="columns">What <see cref="CountTokens"/> gave.</param>
    /// <param name="shortest">The least number of characters of a token.</param>
    /// <param name="marks">Whether a row has a mark for the beginning of the text, U+0002, and for its end, U+0003.</param>
    public static void Tokenize(
        ReadOnlySpan<string> x, ReadOnlySpan<string> separators, ReadOnlySpan<string> expression, ReadOnlySpan<string> pad, Span<string> y, int columns, int shortest, bool marks)
    {
        y.Fill(pad[0]);
        for (int i = 0; i < x.Length && columns > 0; i++)
        {
            Span<string> row = y.Slice(i * columns, columns);
            List<string> tokens = Tokens(x[i], separators, expression, shortest);
            int next = 0;
            if (marks)
            {
                row[next++] = "\u0002";
            }

            for (int k = 0; k < tokens.Count; k++)
            {
                row[next++] = tokens[k];
            }

            if (marks)
            {
                row[next] = "\u0003";
            }
        }
    }

    private static List<string> Tokens(string text, ReadOnlySpan<string> separators, ReadOnlySpan<string> expression, int shortest)
    {
        List<string> tokens = [];
        if (separators.IsEmpty)
        {
            Find(text, expression[0], shortest, tokens);
            return tokens;
        }

        if (separators.Length == 1 && separators[0].Length == 0)
        {
            for (int i = 0; i < text.Length; i += CharacterAt(text, i))
            {
                tokens.Add(text.Substring(i, CharacterAt(text, i)));
            }

            return tokens;
        }

        tokens.Add(text);
        for (int i = 0; i < separators.Length && tokens.Count > 0; i++)
        {
            List<string> parts = [];
            for (int k = 0; k < tokens.Count; k++)
            {
                Divide(tokens[k], separators[i], shortest, parts);
            }

            tokens = parts;
        }

        return tokens;
    }

    // An empty match takes the character behind it away, so that there is progress.
    private static void Divide(string text, string separator, int shortest, List<string> parts)
    {
        Regex regex = new(separator, TokenOptions);
        int start = 0;
        while (start <= text.Length && regex.Match(text, start) is { Success: true } match)
        {
            Keep(text[start..match.Index], shortest, parts);
            start = match.Index + (match.Length > 0 ? match.Length : CharacterAt(text, match.Index));
        }

        Keep(text[Math.Min(start, text.Length)..], shortest, parts);
    }

    private static void Find(string text, string expression, int shortest, List<string> tokens)
    {
        Regex regex = new(expression, TokenOptions);
        int start = 0;
        while (start <= text.Length && regex.Match(text, start) is { Success: true } match)
        {
            Keep(match.Value, shortest, tokens);
            start = match.Index + (match.Length > 0 && Characters(match.Value) >= shortest ? match.Length : CharacterAt(text, match.Index));
        }
    }

    private static void Keep(string part, int shortest, List<string> tokens)
    {
        if (part.Length > 0 && Characters(part) >= shortest)
        {
            tokens.Add(part);
        }
    }

    private static int CharacterAt(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;

    private static int Characters(string text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i += CharacterAt(text, i))
        {
            count++;
        }

        return count;
    }
}
