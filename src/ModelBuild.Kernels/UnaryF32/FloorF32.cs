using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Floor: rounds downwards.</summary>
internal readonly record struct FloorF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Floor(x);
}
