using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Gelu with approximate="none": <c>y = x / 2 * (1 + erf(x / sqrt(2)))</c>.</summary>
internal readonly record struct GeluF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector half = x * TVector.Create(0.5f);
        return TVector.FusedMultiplyAdd(half, MathF32.Erf(x * TVector.Create(0.70710677f)), half);
    }
}
