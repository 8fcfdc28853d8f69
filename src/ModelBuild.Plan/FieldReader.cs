using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>Reads the fields of one line of a plan: words separated by spaces, and quoted texts.</summary>
internal sealed class FieldReader(string line)
{
    private int _position;

    /// <summary>Whether no field is left.</summary>
    public bool AtEnd
    {
        get
        {
            while (_position < line.Length && line[_position] is ' ' or '\r')
            {
                _position++;
            }

            return _position >= line.Length;
        }
    }

    /// <summary>The next field, which must not be quoted.</summary>
    public string Word()
    {
        if (AtEnd || line[_position] == '"')
        {
            throw new FormatException($"a word is missing at character {_position}.");
        }

        var start = _position;
        while (_position < line.Length && line[_position] is not (' ' or '\r'))
        {
            _position++;
        }

        return line.Substring(start, _position - start);
    }

    /// <summary>The next field, which must be an integer.</summary>
    public long Number() => ParseNumber(Word());

    /// <summary>The next field, which must be an integer of 32 bits.</summary>
    public int Int32()
    {
        var number = Number();
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new FormatException($"{number} is out of range.");
    }

    /// <summary>Checks that no field is left.</summary>
    public void End()
    {
        if (!AtEnd)
        {
            throw new FormatException($"nothing should stand at character {_position}.");
        }
    }

    /// <summary>The next field, which must be quoted.</summary>
    public string Text()
    {
        if (AtEnd || line[_position] != '"')
        {
            throw new FormatException($"a quoted text is missing at character {_position}.");
        }

        var text = new StringBuilder();
        for (_position++; _position < line.Length; _position++)
        {
            var c = line[_position];
            if (c == '"')
            {
                _position++;
                return text.ToString();
            }

            text.Append(c == '\\' ? Escape() : c);
        }

        throw new FormatException("a quoted text does not end.");
    }

    /// <summary>All fields that are left, which must be quoted.</summary>
    public IReadOnlyList<string> Texts()
    {
        var texts = new List<string>();
        while (!AtEnd)
        {
            texts.Add(Text());
        }

        return texts;
    }

    internal static long ParseNumber(string word) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{word}' is not a number.");

    internal static IEnumerable<string> SplitOutsideParentheses(string text, char separator)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length && text.Length > 0; i++)
        {
            if (i == text.Length || (text[i] == separator && depth == 0))
            {
                yield return text.Substring(start, i - start);
                start = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }
    }

    private char Escape()
    {
        _position++;
        if (_position < line.Length && line[_position] != 'u')
        {
            return line[_position];
        }

        if (_position + 4 >= line.Length
            || !int.TryParse(line.Substring(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new FormatException($"the escape at character {_position} is malformed.");
        }

        _position += 4;
        return (char)code;
    }
}
