using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Sqrt, correctly rounded. Negative values give NaN.</summary>
internal readonly record struct SqrtF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Sqrt(x);
}
