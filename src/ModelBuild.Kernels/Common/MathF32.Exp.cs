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
        x = TVector.AtMost(TVector.AtLeast(x, TVector.Create(LeastExponent)), TVector.Create(MostExponent));
        TVector power = NearestPower(x, FloatBits.ExponentShifter, out _);
        return TVector.ScaleByPowerOfTwo(TVector.Create(1f) + ReducedExpMinusOne(ReduceByLn2(x, power)), power);
    }

    /// <summary>The bits of <see cref="Exp"/> for x up to 71, in fewer instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpWithoutOverflow<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => RaisedExp(x) * TVector.Create(FloatBits.DenormalScale);

    /// <summary>
    /// e^x - 1, within 2 ULP, for x below 88. Larger values give the result of 88; NaN stays NaN and a zero keeps its sign.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // Below -25 the result is -1. Above 88 the power of two alone would overflow.
        TVector y = BoundedExpMinusOne(TVector.AtMost(TVector.AtLeast(x, TVector.Create(-25f)), TVector.Create(88f)));

        // Only 0 gives 0, and -0 has become +0 on the way.
        return TVector.CopySign(y, x);
    }

    /// <summary><see cref="ISimdF32{TSelf}.ScaleByPowerOfTwo"/> without an instruction for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ScaleInTwoSteps<TVector>(TVector x, TVector power)
        where TVector : struct, ISimdF32<TVector>
    {
        // Two factors, since 2^-149 and 2^128 are not normal floats. The first product is exact, or so small that the
        // result is 0, so that it is rounded once.
        TVector first = TVector.SelectLess(power, TVector.Zero, TVector.Create(FloatBits.ExponentShifter + FloatBits.DenormalBits), TVector.Create(FloatBits.ExponentShifter - 1f));
        TVector second = TVector.SelectLess(power, TVector.Zero, TVector.Create(FloatBits.DenormalScale), TVector.Create(2f));
        return x * TVector.ShiftToExponent(power + first) * second;
    }

    /// <summary>Where e^x is less than half the least denormal, and the power of two next to it 2^-151.</summary>
    private const float LeastExponent = -105f;

    /// <summary>Where e^x overflows, and the power of two next to it is 2^128.</summary>
    private const float MostExponent = 89f;

    /// <summary><see cref="ExpMinusOne"/> for x of -25 to 88, -0 apart, which gives +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector BoundedExpMinusOne<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector power = NearestPower(x, FloatBits.ExponentShifter, out TVector shifted);
        TVector scale = TVector.ShiftToExponent(shifted);
        return Fma(scale, ReducedExpMinusOne(ReduceByLn2(x, power)), scale - TVector.Create(1f));
    }

    /// <summary>
    /// 2^24 * e^x for x up to 71, which the factor 2^-24 rounds as <see cref="Exp"/> is rounded. Where e^x is 0 the power of two is, too: on many processors arithmetic
    /// that underflows takes tens of times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RaisedExp<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        x = TVector.AtLeast(x, TVector.Create(LeastExponent));
        TVector power = NearestPower(x, FloatBits.ExponentShifter + FloatBits.DenormalBits, out TVector shifted);
        TVector scale = TVector.ShiftToExponent(shifted);
        return Fma(ReducedExpMinusOne(ReduceByLn2(x, power)), scale, scale);
    }

    /// <summary>The integer nearest to x / ln(2), and <paramref name="shifted"/>, its sum with <paramref name="shifter"/>: floats of that size are integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NearestPower<TVector>(TVector x, float shifter, out TVector shifted)
        where TVector : struct, ISimdF32<TVector>
    {
        shifted = Fma(x, TVector.Create(Log2E), TVector.Create(shifter));
        return shifted - TVector.Create(shifter);
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
