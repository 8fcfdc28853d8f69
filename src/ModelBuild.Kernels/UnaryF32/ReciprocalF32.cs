using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Reciprocal: <c>y = 1 / x</c>, correctly rounded.</summary>
internal readonly record struct ReciprocalF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Create(1f) / x;
}
