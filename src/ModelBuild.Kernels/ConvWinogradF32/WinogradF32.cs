using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The one-dimensional transforms of Winograd's convolutions with six products: four outputs of three taps, F(4, 3), or two outputs of five taps, F(2, 5). With the
/// points p = 0, ±a, ±b and infinity, and m(t) = t (t² - a²) (t² - b²): row p of B^T holds the coefficients of m(t) / (t - p) (m(t) itself for infinity), row p of G is
/// (1, p, p², ...) / m'(p) ((0, ..., 0, 1) for infinity), and column p of A^T is (1, p, p², ...) ((0, ..., 0, 1) for infinity). A two-dimensional transform is this one
/// along each row, then along each column.
/// </summary>
internal static class WinogradF32
{
    /// <summary>Rows and columns of an input patch.</summary>
    public const int Patch = 6;

    /// <summary>Elements of a transformed patch.</summary>
    public const int Positions = Patch * Patch;

    private const float A = 0.75f;

    private const float B = 1.5f;

    /// <summary>Elements 0 to 2 of B^T d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputLow<TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, out TVector t0, out TVector t1, out TVector t2)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector even = TVector.FusedMultiplyAdd(d2, TVector.Create(-B * B), d4);
        TVector odd = TVector.FusedMultiplyAdd(d1, TVector.Create(-B * B), d3);
        t0 = TVector.FusedMultiplyAdd(d0, TVector.Create(A * A * B * B), TVector.FusedMultiplyAdd(d2, TVector.Create(-((A * A) + (B * B))), d4));
        t1 = TVector.FusedMultiplyAdd(odd, TVector.Create(A), even);
        t2 = TVector.FusedMultiplyAdd(odd, TVector.Create(-A), even);
    }

    /// <summary>Elements 3 to 5 of B^T d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputHigh<TVector>(
        TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector even = TVector.FusedMultiplyAdd(d2, TVector.Create(-A * A), d4);
        TVector odd = TVector.FusedMultiplyAdd(d1, TVector.Create(-A * A), d3);
        t3 = TVector.FusedMultiplyAdd(odd, TVector.Create(B), even);
        t4 = TVector.FusedMultiplyAdd(odd, TVector.Create(-B), even);
        t5 = TVector.FusedMultiplyAdd(d1, TVector.Create(A * A * B * B), TVector.FusedMultiplyAdd(d3, TVector.Create(-((A * A) + (B * B))), d5));
    }

    /// <summary>Element 0 of A^T m; and element 2, which only F(4, 3) has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputEven<TVector>(TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, out TVector y0, out TVector y2)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector inner = m1 + m2, outer = m3 + m4;
        y0 = m0 + inner + outer;
        y2 = TVector.FusedMultiplyAdd(outer, TVector.Create(B * B), inner * TVector.Create(A * A));
    }

    /// <summary>Elements 1 and 3 of A^T m of F(4, 3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputOdd<TVector>(TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, out TVector y1, out TVector y3)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector inner = m1 - m2, outer = m3 - m4;
        y1 = TVector.FusedMultiplyAdd(outer, TVector.Create(B), inner * TVector.Create(A));
        y3 = TVector.FusedMultiplyAdd(outer, TVector.Create(B * B * B), TVector.FusedMultiplyAdd(inner, TVector.Create(A * A * A), m5));
    }

    /// <summary>Element 1, the last, of A^T m of F(2, 5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OutputLast<TVector>(TVector m1, TVector m2, TVector m3, TVector m4, TVector m5)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(m3 - m4, TVector.Create(B), TVector.FusedMultiplyAdd(m1 - m2, TVector.Create(A), m5));

    /// <summary>G g of F(4, 3) or, with <paramref name="g3"/> and <paramref name="g4"/>, of F(2, 5); for F(4, 3) these two are zero, and <paramref name="last"/> is g2 instead of g4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<TVector>(
        TVector g0, TVector g1, TVector g2, TVector g3, TVector g4, TVector last,
        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdF32<TVector>
    {
        // 1 / m'(p) for p = 0, a and b.
        TVector atZero = TVector.Create(64f / 81f), atA = TVector.Create(-128f / 243f), atB = TVector.Create(32f / 243f);
        t0 = g0 * atZero;
        TVector even = TVector.FusedMultiplyAdd(TVector.FusedMultiplyAdd(g4, TVector.Create(A * A), g2), TVector.Create(A * A), g0);
        TVector odd = TVector.FusedMultiplyAdd(g3, TVector.Create(A * A), g1) * TVector.Create(A);
        t1 = (even + odd) * atA;
        t2 = (even - odd) * atA;
        even = TVector.FusedMultiplyAdd(TVector.FusedMultiplyAdd(g4, TVector.Create(B * B), g2), TVector.Create(B * B), g0);
        odd = TVector.FusedMultiplyAdd(g3, TVector.Create(B * B), g1) * TVector.Create(B);
        t3 = (even + odd) * atB;
        t4 = (even - odd) * atB;
        t5 = last;
    }
}
