using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Elementary functions for vectors of any width. Each is one fixed sequence of IEEE operations without a branch or a table, so that its result is the same bits
/// at every width and on every machine. Errors are stated in ULP, units in the last place of the true result, and the tests measure them. Coefficients minimise the
/// largest relative error over the reduced range (Remez exchange at 50 digits); the fit's error comes with each.
/// </summary>
internal static partial class MathF32
{
    /// <summary>log2(e).</summary>
    private const float Log2E = 1.442695f;

    /// <summary>ln(2) in two parts. The first has 16 bits, so that its product with an exponent is exact.</summary>
    private const float Ln2High = 0.693145751953125f;

    private const float Ln2Low = 1.4286068e-06f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fma<TVector>(TVector left, TVector right, TVector addend)
        where TVector : struct, ISimdF32<TVector> => TVector.FusedMultiplyAdd(left, right, addend);

    /// <summary>The step of Horner's scheme: <c>accumulator * x + coefficient</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fma<TVector>(TVector accumulator, TVector x, float coefficient)
        where TVector : struct, ISimdF32<TVector> => TVector.FusedMultiplyAdd(accumulator, x, TVector.Create(coefficient));
}
