using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary><c>y = x</c>: the activation of a layer that has none.</summary>
internal readonly record struct IdentityF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => x;
}
