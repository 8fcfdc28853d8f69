using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// The subset of Python literals that NumPy writes into a header: one dictionary from strings to a string, True, False
/// or a tuple of non-negative integers.
/// </summary>
internal ref struct NpyHeaderParser
{
    private readonly string _text;
    private int _position;

    private NpyHeaderParser(string text) => _text = text;

    public static Dictionary<string, object> Parse(string text)
    {
        NpyHeaderParser parser = new(text);
        Dictionary<string, object> fields = parser.ParseDictionary();
        parser.SkipSpace();
        return parser._position == text.Length ? fields : throw parser.Error("the end of the header");
    }

    private Dictionary<string, object> ParseDictionary()
    {
        Dictionary<string, object> fields = [];
        Expect('{');
        while (!TryTake('}'))
        {
            string key = ParseString();
            Expect(':');
            if (!fields.TryAdd(key, ParseValue()))
            {
                throw new InvalidDataException($"the header has '{key}' twice");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        return fields;
    }

    private object ParseValue()
    {
        SkipSpace();
        switch (Peek())
        {
            case '\'' or '"':
                return ParseString();
            case '(':
                return ParseTuple();
            case '[':
                throw new InvalidDataException("arrays of structures (a descr that is no string) cannot be read");
            default:
                return ParseBoolean();
        }
    }

    private bool ParseBoolean()
    {
        if (TryTakeWord("True"))
        {
            return true;
        }

        return TryTakeWord("False") ? false : throw Error("a string, a tuple, True or False");
    }

    private string ParseString()
    {
        SkipSpace();
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Error("a string");
        }

        int end = _text.IndexOf(quote, _position + 1);
        if (end < 0)
        {
            throw Error("a string that ends");
        }

        string value = _text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    private long[] ParseTuple()
    {
        List<long> items = [];
        Expect('(');
        while (!TryTake(')'))
        {
            items.Add(ParseNumber());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. items];
    }

    private long ParseNumber()
    {
        SkipSpace();
        int start = _position;
        while (char.IsAsciiDigit(Peek()))
        {
            _position++;
        }

        if (!long.TryParse(_text[start.._position], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            throw Error(start == _position ? "a number that is not negative" : "a number below 2^63");
        }

        // Python 2 wrote long integers with this suffix.
        TryTake('L');
        return number;
    }

    private bool TryTakeWord(string word)
    {
        bool found = string.CompareOrdinal(_text, _position, word, 0, word.Length) == 0;
        _position += found ? word.Length : 0;
        return found;
    }

    private bool TryTake(char c)
    {
        SkipSpace();
        bool found = Peek() == c;
        _position += found ? 1 : 0;
        return found;
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
        {
            throw Error($"'{c}'");
        }
    }

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(Peek()))
        {
            _position++;
        }
    }

    private readonly char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private readonly InvalidDataException Error(string expected) =>
        new($"the header cannot be read: {expected} was expected at character {_position}");
}
