using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Values as C# text that means exactly them.</summary>
internal static class Literals
{
    // What the compiler makes of float.NaN and double.NaN; another NaN needs its bits spelt out.
    private const int QuietNaN = unchecked((int)0xFFC00000);
    private const long DoubleQuietNaN = unchecked((long)0xFFF8000000000000);

    public static string Of(float value)
    {
        var bits = BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
        return value switch
        {
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            _ when float.IsNaN(value) => bits == QuietNaN ? "float.NaN" : $"global::System.BitConverter.Int32BitsToSingle(unchecked((int)0x{bits:X8}))",
            _ => Shortest(6, 9, format => value.ToString(format, CultureInfo.InvariantCulture), text => float.Parse(text, CultureInfo.InvariantCulture) == value, bits < 0) + "f",
        };
    }

    public static string Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return value switch
        {
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            _ when double.IsNaN(value) => bits == DoubleQuietNaN ? "double.NaN" : $"global::System.BitConverter.Int64BitsToDouble(unchecked((long)0x{bits:X16}))",
            _ => Shortest(15, 17, format => value.ToString(format, CultureInfo.InvariantCulture), text => double.Parse(text, CultureInfo.InvariantCulture) == value, bits < 0) + "d",
        };
    }

    public static string Of(long value) => value switch
    {
        long.MinValue => "long.MinValue",
        > int.MaxValue or < int.MinValue => value.ToString(CultureInfo.InvariantCulture) + "L",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A text in quotes.</summary>
    public static string Of(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>An element type or a struct of the kernel library.</summary>
    public static string Of(TypeReference type) => type.Element is { } element
        ? element.CSharpName()
        : type.Arguments.Count == 0 ? type.Name : $"{type.Name}<{string.Join(", ", type.Arguments.Select(Of))}>";

    /// <summary>A text that is safe in a comment: one line, nothing that could end it or turn its direction.</summary>
    public static string Comment(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            safe.Append(char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? $"\\u{(int)c:X4}"
                : c);
        }

        return safe.ToString();
    }

    /// <summary>A text that is safe in an XML documentation comment.</summary>
    public static string Xml(string text) =>
        string.Concat(Comment(text).Select(c => c switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ when char.IsSurrogate(c) || c >= '\uFFFE' => $"\\u{(int)c:X4}",
            _ => c.ToString(),
        }));

    // The fewest digits that read back as the same value. The framework's own "R" differs between the runtimes that a generator is loaded into.
    private static string Shortest(int fewest, int most, Func<string, string> print, Func<string, bool> isSame, bool isNegative)
    {
        for (var digits = fewest; ; digits++)
        {
            var text = print("G" + digits.ToString(CultureInfo.InvariantCulture));
            if (digits == most || isSame(text))
            {
                // Only .NET prints the sign of a negative zero.
                return isNegative && text[0] != '-' ? "-" + text : text;
            }
        }
    }
}
