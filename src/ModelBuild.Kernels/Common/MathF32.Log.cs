using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>The natural logarithm, within 1 ULP. Zero gives negative infinity, negative values NaN; denormals are exact inputs like any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // A denormal is made normal by 2^23.
        TVector least = TVector.Create(1.1754944e-38f);
        TVector normal = TVector.SelectLess(x, least, x * TVector.Create(8388608f), x);
        TVector exponent = TVector.Exponent(normal) - TVector.SelectLess(x, least, TVector.Create(23f), TVector.Zero);
        TVector y = LogOf(TVector.Significand(normal), exponent);

        // Infinity is its own result, and not even NaN is above zero.
        TVector notPositive = TVector.SelectEqual(x, TVector.Zero, TVector.Create(float.NegativeInfinity), TVector.Create(float.NaN));
        return TVector.SelectLess(TVector.Zero, x, TVector.SelectLess(x, TVector.Create(float.PositiveInfinity), y, x), notPositive);
    }

    /// <summary>ln(1 + x) within 2 ULP for x of 0 to 2^100; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOnePlus<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // What the rounding of 1 + x lost comes back as the first term of the series around the rounded sum.
        TVector sum = TVector.Create(1f) + x;
        TVector larger = TVector.AtLeast(x, TVector.Create(1f));
        TVector smaller = TVector.AtMost(x, TVector.Create(1f));
        TVector lost = smaller - (sum - larger);
        TVector y = LogOf(TVector.Significand(sum), TVector.Exponent(sum)) + (lost / sum);
        return TVector.SelectEqual(x, x, y, x);
    }

    /// <summary>
    /// <c>ln(significand) + exponent * ln(2)</c> for a significand in [sqrt(1/2), sqrt(2)): with <c>f = significand - 1</c>,
    /// <c>ln(1 + f) = f - f^2 / 2 + f^3 * P(f)</c>. Fit: 5.8e-9.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOf<TVector>(TVector significand, TVector exponent)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector f = significand - TVector.Create(1f);
        TVector p = TVector.Create(-0.076344945f);
        p = Fma(p, f, 0.12761575f);
        p = Fma(p, f, -0.13160183f);
        p = Fma(p, f, 0.14201759f);
        p = Fma(p, f, -0.16623357f);
        p = Fma(p, f, 0.20001227f);
        p = Fma(p, f, -0.2500082f);
        p = Fma(p, f, 0.3333333f);

        // The smallest terms first.
        TVector square = f * f;
        TVector y = Fma(exponent, TVector.Create(Ln2Low), square * f * p);
        y = Fma(square, TVector.Create(-0.5f), y);
        return Fma(exponent, TVector.Create(Ln2High), y + f);
    }
}
