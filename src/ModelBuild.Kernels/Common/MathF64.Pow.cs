using System;

namespace ModelBuild.Kernels;

internal static partial class MathF64
{
    /// <summary>
    /// x^y with the special cases of IEEE 754 pow: x^0 and 1^y are 1 even for NaN, (-1)^infinity is 1, and a negative finite x gives NaN unless y is an integer. Small
    /// integers y are products; otherwise it is <c>e^(y * ln|x|)</c>, whose relative error grows with the magnitude of the exponent: 2e-13 at most.
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (x == 1 || y == 0)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        bool isInteger = Math.Floor(y) == y;
        bool isOdd = isInteger && Math.Abs(y) < 9007199254740992.0 && Math.Floor(y / 2) * 2 != y;
        double magnitude = Math.Abs(x);
        double power = double.IsInfinity(y) && magnitude == 1 ? 1
            : isInteger && Math.Abs(y) <= 64 ? Product(magnitude, (int)y)
            : PowOfMagnitude(magnitude, y);
        if (x < 0 && !isInteger && !double.IsInfinity(x))
        {
            return double.NaN;
        }

        return isOdd && double.IsNegative(x) ? -power : power;
    }

    private static double PowOfMagnitude(double x, double y)
    {
        double log = Log(x);
        double product = y * log;
        if (!double.IsFinite(product) || Math.Abs(product) > 800)
        {
            return Exp(product);
        }

        // What the product lost comes back as a factor.
        double rest = Math.FusedMultiplyAdd(y, log, -product);
        double power = Exp(product);
        return Math.FusedMultiplyAdd(power, rest, power);
    }

    private static double Product(double x, int exponent)
    {
        double power = 1;
        double square = x;
        for (int rest = Math.Abs(exponent); rest > 0; rest >>= 1)
        {
            power = (rest & 1) == 0 ? power : power * square;
            square *= square;
        }

        return exponent < 0 ? 1 / power : power;
    }
}
