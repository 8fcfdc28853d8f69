using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The larger of two floats that are not NaN, in one instruction where <see cref="ISimdF32{TSelf}.Max"/> takes several; a NaN on the right is ignored.</summary>
internal readonly record struct LargestF32 : IBinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => TVector.AtLeast(a, b);
}
