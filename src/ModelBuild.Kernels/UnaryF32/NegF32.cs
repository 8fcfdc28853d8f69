using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Neg.</summary>
internal readonly record struct NegF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => -x;
}
