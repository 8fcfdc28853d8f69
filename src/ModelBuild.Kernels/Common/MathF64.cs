using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Functions of 64-bit floats from additions, multiplications, divisions and square roots alone, which every machine rounds alike. The errors are a few units in the
/// last place. Ranges are reduced as Cody and Waite do (Software Manual for the Elementary Functions, 1980), then series are summed.
/// </summary>
internal static partial class MathF64
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPi1 = 1.57079632673412561417e+00;
    private const double HalfPi2 = 6.07710050630396597660e-11;
    private const double HalfPi3 = 2.02226624879595063154e-21;

    /// <summary>e to the power of x.</summary>
    public static double Exp(double x)
    {
        if (!(x < 709.8))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        double n = Math.Floor((x * 1.4426950408889634) + 0.5);
        double r = (x - (n * Ln2High)) - (n * Ln2Low);
        return Scale(1 + SmallExpMinusOne(r), (int)n);
    }

    /// <summary>e to the power of x, minus 1, exact near 0, too.</summary>
    public static double ExpMinusOne(double x) => Math.Abs(x) < 0.35 ? SmallExpMinusOne(x) : Exp(x) - 1;

    /// <summary>The natural logarithm.</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        int shift = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            shift = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023 + shift;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            exponent++;
        }

        return (exponent * Ln2High) + ((exponent * Ln2Low) + LogNearOne(m - 1));
    }

    /// <summary>The natural logarithm of 1 + x, exact near 0, too.</summary>
    public static double LogOnePlus(double x) => Math.Abs(x) < 0.25 ? LogNearOne(x) : Log(1 + x);

    public static double Sin(double x)
    {
        double r = Quarter(x, out int quarter);
        double value = (quarter & 1) == 0 ? SmallSin(r) : SmallCos(r);
        return (quarter & 2) == 0 ? value : -value;
    }

    public static double Cos(double x)
    {
        double r = Quarter(x, out int quarter);
        double value = (quarter & 1) == 0 ? SmallCos(r) : SmallSin(r);
        return ((quarter + 1) & 2) == 0 ? value : -value;
    }

    public static double Tan(double x) => Sin(x) / Cos(x);

    public static double Atan(double x)
    {
        if (IsTiny(x))
        {
            return x;
        }

        double a = Math.Abs(x);
        bool isLarge = a > 1;
        a = isLarge ? 1 / a : a;

        // atan(a) = 2 atan(a / (1 + sqrt(1 + a^2))), twice: then a < 0.2.
        a /= 1 + Math.Sqrt(1 + (a * a));
        a /= 1 + Math.Sqrt(1 + (a * a));
        double square = a * a;
        double sum = 0;
        for (int k = 27; k >= 1; k -= 2)
        {
            sum = (1.0 / k) - (square * sum);
        }

        double value = 4 * a * sum;
        value = isLarge ? 1.5707963267948966 - value : value;
        return x < 0 ? -value : x == 0 ? x : value;
    }

    public static double Asin(double x) => IsTiny(x) ? x : Math.Abs(x) <= 1 ? Atan(x / Math.Sqrt((1 - x) * (1 + x))) : double.NaN;

    public static double Acos(double x) => !(Math.Abs(x) <= 1) ? double.NaN : x == -1 ? 3.141592653589793 : 2 * Atan(Math.Sqrt((1 - x) / (1 + x)));

    public static double Sinh(double x)
    {
        double e = ExpMinusOne(Math.Abs(x));
        double value = double.IsInfinity(e) ? e : (e + (e / (e + 1))) / 2;
        return x < 0 ? -value : x == 0 ? x : value;
    }

    public static double Cosh(double x)
    {
        double e = Exp(Math.Abs(x));
        return (e + (1 / e)) / 2;
    }

    public static double Tanh(double x)
    {
        double e = ExpMinusOne(2 * Math.Min(Math.Abs(x), 30));
        double value = e / (e + 2);
        return double.IsNaN(x) || x == 0 ? x : x < 0 ? -value : value;
    }

    public static double Asinh(double x)
    {
        if (IsTiny(x))
        {
            return x;
        }

        double a = Math.Abs(x);
        double value = a > 1e9 ? Log(a) + 0.6931471805599453 : LogOnePlus(a + (a * a / (1 + Math.Sqrt(1 + (a * a)))));
        return x < 0 ? -value : x == 0 ? x : value;
    }

    public static double Acosh(double x) => x < 1 ? double.NaN : x > 1e9 ? Log(x) + 0.6931471805599453 : LogOnePlus((x - 1) + Math.Sqrt((x - 1) * (x + 1)));

    public static double Atanh(double x)
    {
        // Of the magnitude, where 2x / (1 - x) does not come near -1.
        double a = Math.Abs(x);
        return IsTiny(x) ? x : Math.CopySign(LogOnePlus(2 * a / (1 - a)) / 2, x);
    }

    /// <summary>The error function: its series up to 3, and a continued fraction of its complement beyond.</summary>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x))
        {
            return x;
        }

        double value;
        if (a < 3)
        {
            // 2 / sqrt(pi) * exp(-a^2) * sum of 2^n a^(2n+1) / (1 * 3 * ... * (2n + 1)): all terms are positive.
            double term = a;
            double sum = a;
            for (int n = 1; n < 80; n++)
            {
                term *= 2 * a * a / ((2 * n) + 1);
                sum += term;
            }

            value = 1.1283791670955126 * Exp(-a * a) * sum;
        }
        else if (a > 6)
        {
            value = 1;
        }
        else
        {
            double fraction = 0;
            for (int n = 60; n >= 1; n--)
            {
                fraction = n / 2.0 / (a + fraction);
            }

            value = 1 - (Exp(-a * a) * 0.5641895835477563 / (a + fraction));
        }

        return x < 0 ? -value : value;
    }

    // Numbers whose cubes are lost beside them: what odd functions with the slope 1 at 0 leave as they are.
    private static bool IsTiny(double x) => Math.Abs(x) < 1e-9;

    private static double SmallExpMinusOne(double r)
    {
        double sum = 0;
        for (int k = 14; k >= 1; k--)
        {
            sum = (1 + sum) * r / k;
        }

        return sum;
    }

    // log(1 + x) = 2 atanh(x / (2 + x)).
    private static double LogNearOne(double x)
    {
        double s = x / (2 + x);
        double square = s * s;
        double sum = 0;
        for (int k = 23; k >= 3; k -= 2)
        {
            sum = (sum + (1.0 / k)) * square;
        }

        return 2 * (s + (s * sum));
    }

    private static double SmallSin(double r)
    {
        double square = r * r;
        double sum = 0;
        for (int k = 18; k >= 2; k -= 2)
        {
            sum = -(1 + sum) * square / (k * (k + 1));
        }

        return r + (r * sum);
    }

    private static double SmallCos(double r)
    {
        double square = r * r;
        double sum = 0;
        for (int k = 19; k >= 1; k -= 2)
        {
            sum = -(1 + sum) * square / (k * (k + 1));
        }

        return 1 + sum;
    }

    // x less the nearest multiple of pi / 2, and which quarter that is; good up to 2^30 or so.
    private static double Quarter(double x, out int quarter)
    {
        double n = Math.Floor((x * 0.6366197723675814) + 0.5);
        quarter = double.IsFinite(n) ? (int)(n - (4 * Math.Floor(n / 4))) : 0;
        return ((x - (n * HalfPi1)) - (n * HalfPi2)) - (n * HalfPi3);
    }

    private static double Scale(double x, int exponent)
    {
        while (exponent < -1000)
        {
            x *= BitConverter.Int64BitsToDouble((long)(1023 - 1000) << 52);
            exponent += 1000;
        }

        return exponent > 1023
            ? x * 2 * BitConverter.Int64BitsToDouble((long)(1023 + exponent - 1) << 52)
            : x * BitConverter.Int64BitsToDouble((long)(1023 + exponent) << 52);
    }
}
