using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary><c>y = Alpha * x + Beta</c>, rounded once.</summary>
/// <param name="Alpha">The slope.</param>
/// <param name="Beta">The value at 0.</param>
internal readonly record struct AffineF32(float Alpha, float Beta) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.FusedMultiplyAdd(x, TVector.Create(Alpha), TVector.Create(Beta));
}
