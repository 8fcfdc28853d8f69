using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Round: rounds to the nearest integer, halves to the even one.</summary>
internal readonly record struct RoundF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.RoundToEven(x);
}
