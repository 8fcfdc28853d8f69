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
        TVector denormal = TVector.LessThan(x, TVector.Create(1.1754944e-38f));
        TVector normal = TVector.Select(denormal, x * TVector.Create(8388608f), x);
        TVector exponent = TVector.Exponent(normal) - (denormal & TVector.Create(23f));
        TVector y = LogOf(TVector.Significand(normal), exponent);

        // Infinity and NaN are their own results.
        TVector infinity = TVector.Create(float.PositiveInfinity);
        TVector special = TVector.Select(TVector.LessThan(x, TVector.Zero), TVector.Create(float.NaN), x);
        special = TVector.Select(TVector.Equal(x, TVector.Zero), -infinity, special);
        return TVector.Select(TVector.LessThan(TVector.Zero, x) & TVector.LessThan(x, infinity), y, special);
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
        return TVector.Select(TVector.Equal(x, x), y, x);
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
