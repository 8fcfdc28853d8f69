using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>
    /// x^y, within 1.25 ULP, with the special cases of IEEE 754 pow: x^0 and 1^y are 1 even for NaN, (-1)^infinity is 1, and a negative finite x gives NaN unless y is an
    /// integer. It is <c>e^(y * ln|x|)</c> with the logarithm and the product in two floats each, since the exponential magnifies their error up to a hundredfold.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Pow<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector one = TVector.Create(1f);
        TVector magnitude = TVector.Abs(x);
        TVector power = PowOfMagnitude(magnitude, y);
        power = TVector.SelectEqual(magnitude, one, one, power);

        // An odd y keeps the sign of x. Floats from 2^24 on are even, and infinity passes for even here.
        TVector half = y * TVector.Create(0.5f);
        TVector integer = TVector.Floor(y);
        TVector signOfOdd = TVector.SelectEqual(integer, y, x & TVector.Create(-0f), TVector.Zero);
        power ^= TVector.SelectEqual(TVector.Floor(half), half, TVector.Zero, signOfOdd);

        TVector ofNegative = TVector.SelectLess(TVector.Create(float.NegativeInfinity), x, TVector.Create(float.NaN), power);
        power = TVector.SelectEqual(integer, y, power, TVector.SelectLess(x, TVector.Zero, ofNegative, power));
        power = TVector.SelectEqual(x, x, power, x);
        power = TVector.SelectEqual(y, y, power, y);
        return TVector.SelectEqual(x, one, one, TVector.SelectEqual(y, TVector.Zero, one, power));
    }

    /// <summary>x^y for x of 0 to infinity, except for 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowOfMagnitude<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector infinity = TVector.Create(float.PositiveInfinity);
        TVector high = PreciseLog(x, out TVector low);
        high = TVector.SelectEqual(x, TVector.Zero, -infinity, high);
        high = TVector.SelectEqual(x, infinity, infinity, high);

        TVector product = y * high;
        TVector rest = Fma(y, low, Fma(y, high, -product));

        // Beyond these bounds the result is 0 or infinity as well, and the rest may be infinity less infinity.
        TVector bounded = TVector.AtMost(TVector.AtLeast(product, TVector.Create(LeastExponent)), TVector.Create(MostExponent));
        rest = TVector.SelectEqual(product, bounded, rest, TVector.Zero);

        TVector power = NearestPower(bounded, FloatBits.ExponentShifter, out _);
        TVector r = ReduceByLn2(bounded, power) + rest;
        return TVector.ScaleByPowerOfTwo(TVector.Create(1f) + ReducedExpMinusOne(r), power);
    }

    /// <summary>
    /// ln(x) for positive finite x as the sum of two floats, with a relative error of about 2^-40. With <c>s = (m - 1) / (m + 1)</c> for the significand m,
    /// <c>ln(m) = 2s + s^3 * (2/3 + s^2 * T(s^2))</c>. Fit: 9.6e-10. Suffixes: a quantity is its High plus its Low.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PreciseLog<TVector>(TVector x, out TVector low)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector one = TVector.Create(1f);
        TVector least = TVector.Create(1.1754944e-38f);
        TVector normal = TVector.SelectLess(x, least, x * TVector.Create(8388608f), x);
        TVector exponent = TVector.Exponent(normal) - TVector.SelectLess(x, least, TVector.Create(23f), TVector.Zero);
        TVector m = TVector.Significand(normal);

        // s; m - 1 is exact, and what m + 1 and the quotient lose comes back in the low part.
        TVector difference = m - one;
        TVector sumHigh = m + one;
        TVector sumLow = m - (sumHigh - one);
        TVector sHigh = difference / sumHigh;
        TVector remainder = Fma(-sHigh, sumLow, Fma(-sHigh, sumHigh, difference));
        TVector sLow = remainder / sumHigh;

        // z = s^2 and c = 2/3 + z * T(z).
        TVector zHigh = sHigh * sHigh;
        TVector zLow = Fma(sHigh + sHigh, sLow, Fma(sHigh, sHigh, -zHigh));
        TVector t = TVector.Create(0.19122343f);
        t = Fma(t, zHigh, 0.2220468f);
        t = Fma(t, zHigh, 0.28571534f);
        t = Fma(t, zHigh, 0.4f);
        TVector twoThirds = TVector.Create(0.6666667f);
        TVector cHigh = Fma(t, zHigh, twoThirds);
        TVector cLow = Fma(t, zHigh, twoThirds - cHigh) + TVector.Create(-1.9868216e-08f);

        // w = s * z * c.
        TVector zcHigh = zHigh * cHigh;
        TVector zcLow = Fma(zHigh, cLow, Fma(zLow, cHigh, Fma(zHigh, cHigh, -zcHigh)));
        TVector wHigh = sHigh * zcHigh;
        TVector wLow = Fma(sHigh, zcLow, Fma(sLow, zcHigh, Fma(sHigh, zcHigh, -wHigh)));

        // The exponent's part, 2s and w are each smaller than the one before, so that what a sum loses is exact.
        TVector large = exponent * TVector.Create(Ln2High);
        TVector twice = sHigh + sHigh;
        TVector first = large + twice;
        TVector firstLow = twice - (first - large);
        TVector second = first + wHigh;
        TVector secondLow = wHigh - (second - first);
        TVector tail = Fma(exponent, TVector.Create(Ln2Low), sLow + sLow + wLow) + firstLow + secondLow;

        TVector high = second + tail;
        low = tail - (high - second);
        return high;
    }
}
