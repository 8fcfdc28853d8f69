using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>
    /// e^x, within 1 ULP. Overflows to infinity above 88.72, gives denormals below -87.33 and 0 below -103.97; NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // Beyond these bounds the result is 0 or infinity as well, and the exponent would leave the range of ScaleByPowerOfTwo.
        x = TVector.AtMost(TVector.AtLeast(x, TVector.Create(-105f)), TVector.Create(90f));
        TVector power = TVector.RoundToEven(x * TVector.Create(Log2E));
        return TVector.ScaleByPowerOfTwo(TVector.Create(1f) + ReducedExpMinusOne(ReduceByLn2(x, power)), power);
    }

    /// <summary>
    /// e^x - 1, within 2 ULP, for x below 88. Larger values give the result of 88; NaN stays NaN and a zero keeps its sign.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // Below -25 the result is -1. Above 88 the power of two alone would overflow.
        TVector clamped = TVector.AtMost(TVector.AtLeast(x, TVector.Create(-25f)), TVector.Create(88f));
        TVector power = TVector.RoundToEven(clamped * TVector.Create(Log2E));
        TVector scale = TVector.ScaleByPowerOfTwo(TVector.Create(1f), power);
        TVector y = Fma(scale, ReducedExpMinusOne(ReduceByLn2(clamped, power)), scale - TVector.Create(1f));

        // Only 0 gives 0, and -0 has become +0 on the way.
        return TVector.CopySign(y, x);
    }

    /// <summary><c>x - power * ln(2)</c>, which is -ln(2)/2 to ln(2)/2 for the nearest power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReduceByLn2<TVector>(TVector x, TVector power)
        where TVector : struct, ISimdF32<TVector> =>
        Fma(power, TVector.Create(-Ln2Low), Fma(power, TVector.Create(-Ln2High), x));

    /// <summary>e^r - 1 for r of -ln(2)/2 to ln(2)/2: <c>r + r^2 * P(r)</c>. Fit: 4.8e-11.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReducedExpMinusOne<TVector>(TVector r)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector p = TVector.Create(0.00019918525f);
        p = Fma(p, r, 0.0013946177f);
        p = Fma(p, r, 0.008333264f);
        p = Fma(p, r, 0.04166627f);
        p = Fma(p, r, 0.16666667f);
        p = Fma(p, r, 0.5f);
        return Fma(r * r, p, r);
    }
}
