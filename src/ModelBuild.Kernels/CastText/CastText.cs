using System;
using System.Globalization;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Cast between numbers and texts. Numbers are read as they are written with or without an exponent, NaN and INF among them, with blanks around them; for an integer type
/// what follows the point is cut off, and what is too large saturates. Written, they have the fewest digits from which they can be read again, the way NumPy writes them: 1.0, 1e-07, inf.
/// </summary>
internal static class CastText
{
    public static void FromText<T>(ReadOnlySpan<string> x, Span<T> y)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.TryParse(x[i], NumberStyles.Float, CultureInfo.InvariantCulture, out T number) ? number : T.CreateSaturating(Number(x[i]));
        }
    }

    /// <summary>Whether the number that is written there is another one than zero; true and false are understood, too.</summary>
    public static void FromTextToBool(ReadOnlySpan<string> x, Span<bool> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = bool.TryParse(x[i], out bool truth) ? truth : Number(x[i]) != 0;
        }
    }

    public static void ToText<T>(ReadOnlySpan<T> x, Span<string> y)
        where T : struct, INumber<T>
    {
        // Of all number types only an integer has no one half.
        bool isInteger = T.IsZero(T.One / (T.One + T.One));
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = isInteger ? x[i].ToString(null, CultureInfo.InvariantCulture) : Decimal(x[i]);
        }
    }

    public static void BoolToText(ReadOnlySpan<bool> x, Span<string> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] ? "True" : "False";
        }
    }

    /// <summary>With six digits behind the point, as CastMap in ONNX Runtime writes floats.</summary>
    public static void ToFixedText(ReadOnlySpan<float> x, Span<string> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = float.IsFinite(x[i]) ? x[i].ToString("F6", CultureInfo.InvariantCulture) : Special(x[i]);
        }
    }

    private static double Number(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return number;
        }

        bool isNegative = trimmed.StartsWith("-", StringComparison.Ordinal);
        ReadOnlySpan<char> name = isNegative || trimmed.StartsWith("+", StringComparison.Ordinal) ? trimmed[1..] : trimmed;
        return name.Equals("inf", StringComparison.OrdinalIgnoreCase) || name.Equals("infinity", StringComparison.OrdinalIgnoreCase) ? (isNegative ? double.NegativeInfinity : double.PositiveInfinity)
            : name.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : throw new ArgumentException($"The text '{text}' is no number.", nameof(text));
    }

    // Digits and exponent of the shortest text, put together anew: without an exponent from 1e-4 up to but not including 1e16.
    private static string Decimal<T>(T value)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(value))
        {
            return Special(T.IsNaN(value) ? float.NaN : T.IsNegative(value) ? float.NegativeInfinity : float.PositiveInfinity);
        }

        Span<char> digits = stackalloc char[32];
        int count = 0;
        int point = 0;
        int exponent = 0;
        bool isBehind = false;
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        for (int i = 0; i < shortest.Length; i++)
        {
            char c = shortest[i];
            if (c == 'E')
            {
                exponent = int.Parse(shortest.AsSpan(i + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }

            if (c == '.')
            {
                isBehind = true;
            }
            else if (c != '-')
            {
                // Zeros in front are no digits, but those behind the point count.
                point += isBehind ? 0 : 1;
                if (count > 0 || c != '0')
                {
                    digits[count++] = c;
                }
                else
                {
                    point--;
                }
            }
        }

        while (count > 0 && digits[count - 1] == '0')
        {
            count--;
        }

        // value = 0.d1d2d3... * 10^point
        point += exponent;
        string sign = T.IsNegative(value) ? "-" : string.Empty;
        ReadOnlySpan<char> all = digits[..count];
        if (count == 0)
        {
            return sign + "0.0";
        }

        if (point is > -4 and <= 16)
        {
            return point <= 0 ? string.Concat(sign, "0.", new string('0', -point), all)
                : count <= point ? string.Concat(sign, all, new string('0', point - count), ".0")
                : string.Concat(sign, all[..point], ".", all[point..]);
        }

        string power = Math.Abs(point - 1).ToString("00", CultureInfo.InvariantCulture);
        return string.Concat(sign, count == 1 ? all : string.Concat(all[..1], ".", all[1..]), point > 0 ? "e+" : "e-", power);
    }

    private static string Special(float value) => float.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
