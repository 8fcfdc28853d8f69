using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Ceil: rounds upwards.</summary>
internal readonly record struct CeilF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Ceiling(x);
}
