using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>
    /// The sine, within 2 ULP for |x| up to 2^17. Beyond, fewer and fewer digits are right, but the result stays within -1 to 1. Infinity gives NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sin<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector quarters = TVector.RoundToEven(x * TVector.Create(TwoOverPi));
        TVector y = SinOfQuarters(x, quarters, quarters);

        // Only 0 and denormals round to zero, and lose the sign of -0 on the way.
        return TVector.SelectEqual(x, TVector.Zero, x, y);
    }

    /// <summary>The cosine; see <see cref="Sin"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Cos<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector quarters = TVector.RoundToEven(x * TVector.Create(TwoOverPi));
        return SinOfQuarters(x, quarters, quarters + TVector.Create(1f));
    }

    private const float TwoOverPi = 0.63661975f;

    /// <summary>
    /// sin(r + turn * pi/2) for <c>r = x - quarters * pi/2</c>, which is -pi/4 to pi/4: the sine or the cosine of r with one sign or the other, by turn modulo 4.
    /// Fits: 3.7e-9 for the sine, 1.2e-10 for the cosine.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SinOfQuarters<TVector>(TVector x, TVector quarters, TVector turn)
        where TVector : struct, ISimdF32<TVector>
    {
        // pi/2 in three floats. The first step is exact: both terms are multiples of 2^-23, or x is below 1.
        TVector r = Fma(quarters, TVector.Create(-1.5707964f), x);
        r = Fma(quarters, TVector.Create(4.371139e-08f), r);
        r = Fma(quarters, TVector.Create(1.7151245e-15f), r);

        // Keeps the polynomials within -1 to 1 where the reduction has failed.
        r = TVector.AtMost(TVector.AtLeast(r, TVector.Create(-1.5f)), TVector.Create(1.5f));
        TVector square = r * r;

        TVector sine = TVector.Create(-0.00019517272f);
        sine = Fma(sine, square, 0.008332179f);
        sine = Fma(sine, square, -0.16666655f);
        sine = Fma(square * r, sine, r);

        TVector cosine = TVector.Create(2.4432793e-05f);
        cosine = Fma(cosine, square, -0.0013887313f);
        cosine = Fma(cosine, square, 0.041666646f);
        cosine = Fma(cosine, square, -0.5f);
        cosine = Fma(cosine, square, 1f);

        // turn modulo 4 in halves: 0 and 0.5 are positive, 1 and 1.5 negative; a remainder of an odd turn selects the cosine.
        TVector half = turn * TVector.Create(0.5f);
        TVector whole = TVector.Floor(half);
        TVector y = TVector.SelectEqual(half, whole, sine, cosine);
        TVector parity = whole * TVector.Create(0.5f);
        return y ^ TVector.SelectLess(TVector.Floor(parity), parity, TVector.Create(-0f), TVector.Zero);
    }
}
