using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Abs.</summary>
internal readonly record struct AbsF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Abs(x);
}
