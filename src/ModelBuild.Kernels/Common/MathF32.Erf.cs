using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class MathF32
{
    /// <summary>
    /// The error function, within 3 ULP: <c>erf(a) = 1 - e^(-a * Q(a))</c>, where Q is a polynomial fitted to <c>-ln(1 - erf(a)) / a</c> on 0 to 3.95.
    /// Fit: 4.0e-9.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // From 3.92 on the result rounds to 1.
        TVector a = TVector.AtMost(TVector.Abs(x), TVector.Create(3.95f));

        // -Q(a).
        TVector q = TVector.Create(9.255399e-06f);
        q = Fma(q, a, -0.00011763358f);
        q = Fma(q, a, 0.0006328096f);
        q = Fma(q, a, -0.0016669779f);
        q = Fma(q, a, 0.00016034633f);
        q = Fma(q, a, 0.019153092f);
        q = Fma(q, a, -0.10277784f);
        q = Fma(q, a, -0.6366194f);
        q = Fma(q, a, -1.1283792f);
        return TVector.CopySign(BoundedExpMinusOne(a * q), x);
    }
}
