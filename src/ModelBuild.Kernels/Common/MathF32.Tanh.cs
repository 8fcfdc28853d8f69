using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>The hyperbolic tangent, within 2.5 ULP: <c>t / (t + 2)</c> with <c>t = e^(2|x|) - 1</c>, which keeps the digits of a small x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // From 9.02 on the result rounds to 1.
        TVector magnitude = TVector.AtMost(TVector.Abs(x), TVector.Create(10f));
        TVector t = BoundedExpMinusOne(magnitude + magnitude);
        return TVector.CopySign(t / (t + TVector.Create(2f)), x);
    }

    /// <summary>The logistic function 1 / (1 + e^-x), within 2.5 ULP, denormal results included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // e^-|x| cannot overflow: 1 / (1 + e) on the right, e / (1 + e) on the left. The quotient is raised like e, so that it is never denormal, and rounds as it would
        // without: where the result is denormal, 1 + e is 1.
        TVector lower = TVector.Create(FloatBits.DenormalScale);
        TVector raised = RaisedExp(x | TVector.Create(-0f));
        TVector divisor = Fma(raised, lower, 1f);
        return TVector.SelectNegative(x, raised, TVector.Create(1f / FloatBits.DenormalScale)) / divisor * lower;
    }
}
