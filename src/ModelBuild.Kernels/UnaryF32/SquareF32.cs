using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary><c>y = x * x</c>: what Pow with the exponent 2 becomes.</summary>
internal readonly record struct SquareF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => x * x;
}
