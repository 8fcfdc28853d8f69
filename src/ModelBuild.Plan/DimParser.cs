using System;
using System.Globalization;

namespace ModelBuild.Plan;

/// <summary>
/// Reads what <see cref="Dim.ToString"/> writes. Grammar: sum = ["-"] product { ("+" | "-") product }; product = atom { "*" atom };
/// atom = number | name | "int" "(" name ")" | ("div" | "max" | "min") "(" sum "," sum ")".
/// </summary>
public static class DimParser
{
    private const int MaxDepth = 64;

    /// <summary>Reads one dimension.</summary>
    /// <exception cref="FormatException">The text is not a dimension.</exception>
    public static Dim Parse(string text)
    {
        var position = 0;
        var dim = Sum(text, ref position, 0);
        return position == text.Length ? dim : throw Unexpected(text, position);
    }

    private static Dim Sum(string text, ref int position, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"Dimension '{text}' is nested too deeply.");
        }

        Dim sum = Dim.Zero;
        var sign = 1;
        if (At(text, position) == '-')
        {
            sign = -1;
            position++;
        }

        while (true)
        {
            sum += Product(text, ref position, depth, sign);
            var next = At(text, position);
            if (next is not ('+' or '-'))
            {
                return sum;
            }

            sign = next == '+' ? 1 : -1;
            position++;
        }
    }

    private static Dim Product(string text, ref int position, int depth, int sign)
    {
        // The sign belongs to the number, of which the smallest has no positive counterpart.
        var product = char.IsDigit(At(text, position)) ? Number(text, ref position, sign) : Atom(text, ref position, depth) * sign;
        while (At(text, position) == '*')
        {
            position++;
            product *= char.IsDigit(At(text, position)) ? Number(text, ref position, 1) : Atom(text, ref position, depth);
        }

        return product;
    }

    private static Dim Number(string text, ref int position, int sign)
    {
        var start = position;
        while (char.IsLetterOrDigit(At(text, position)))
        {
            position++;
        }

        var digits = (sign < 0 ? "-" : string.Empty) + text.Substring(start, position - start);
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(text, start);
    }

    private static Dim Atom(string text, ref int position, int depth)
    {
        var start = position;
        var word = Name(text, ref position);
        if (At(text, position) != '(')
        {
            return Dim.Symbol(word);
        }

        position++;
        if (word == "int")
        {
            var name = Name(text, ref position);
            Expect(text, ref position, ')');
            return Dim.Number(name);
        }

        var left = Sum(text, ref position, depth + 1);
        Expect(text, ref position, ',');
        var right = Sum(text, ref position, depth + 1);
        Expect(text, ref position, ')');
        return word switch
        {
            "div" => Dim.FloorDiv(left, right),
            "max" => Dim.Max(left, right),
            "min" => Dim.Min(left, right),
            _ => throw Unexpected(text, start),
        };
    }

    private static string Name(string text, ref int position)
    {
        var start = position;
        while (char.IsLetterOrDigit(At(text, position)) || At(text, position) == '_')
        {
            position++;
        }

        return position > start ? text.Substring(start, position - start) : throw Unexpected(text, position);
    }

    private static void Expect(string text, ref int position, char expected)
    {
        if (At(text, position) != expected)
        {
            throw Unexpected(text, position);
        }

        position++;
    }

    private static char At(string text, int position) => position < text.Length ? text[position] : '\0';

    private static FormatException Unexpected(string text, int position) => new($"Dimension '{text}' is malformed at character {position}.");
}
